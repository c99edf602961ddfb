/** Arabic counts two by the noun alone and three to ten with its plural; `two` is the noun's form for two. */
const counted = (count: number, one: string, two: string, few: string, many: string): string => {
	if (count === 1) return one;
	if (count === 2) return two;
	return Number.isInteger(count) && count >= 3 && count <= 10 ? `${count} ${few}` : `${count} ${many}`;
};

export const seconds = (ms: number): string =>
	counted(Math.round(ms / 100) / 10, 'ثانية واحدة', 'ثانيتين', 'ثوانٍ', 'ثانية');
export const tries = (count: number): string => counted(count, 'محاولة واحدة', 'محاولتان', 'محاولات', 'محاولة');

/** Keeps a phone number or address in its own order within Arabic text. */
export const ltr = (text: string): string => `\u2066${text}\u2069`;

/** Text that somebody typed, in whatever direction it has of its own. */
export const own = (text: string): string => `\u2068${text}\u2069`;
