/** So that a spreadsheet takes the file for UTF-8 and shows Arabic as it was written. */
export const byteOrderMark = '\uFEFF';

/**
 * Signs with which a formula begins, also as wide and as small ones, where a cell may begin: at the start, or behind what
 * some spreadsheet takes for the end of a cell or a line. In many countries that is a semicolon, and the quotes of this file
 * then protect nothing. Space, quotes and what nobody sees may stand before the sign. The sign
 * comes first in the pattern, so that the rest is looked at only where there is one.
 */
const formulaSign =
	/[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b](?<=(?:^|[;\t\r\n])[\s\p{Z}\p{Cf}\p{Cc}"\u115f\u1160\u2800\u3164\uffa0]*[^])/gu;

/** The apostrophe makes text of what would be run. */
const harmless = (text: string): string => `${/^[\t\r]/.test(text) ? "'" : ''}${text.replace(formulaSign, "'$&")}`;

/** A sign and digits alone are a number to a spreadsheet, and never run anything. */
const phone = /^\+\d{7,15}$/;

/**
 * A phone stays as it is, so that nobody sees an apostrophe before it. Not so at the begin of a line: where something else
 * than a comma ends cells, what comes behind would be part of what its sign begins. Elsewhere a comma stands before it.
 */
const cell = (text: string, at: number): string => {
	const safe = at > 0 && phone.test(text) ? text : harmless(text);
	return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * One line of a CSV file as RFC 4180 has it, its end included. What a form sent can be no formula in it, whether
 * it is read with commas, semicolons or tabs.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;
