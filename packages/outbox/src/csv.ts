/** So that a spreadsheet takes the file for UTF-8 and shows Arabic as it was written. */
export const byteOrderMark = '\uFEFF';

/** A spreadsheet would run what begins like this as a formula; the apostrophe makes it text. */
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

const cell = (text: string): string => {
	const safe = isFormula(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One line of a CSV file as RFC 4180 has it, its end included. What a form sent can be no formula in it. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;
