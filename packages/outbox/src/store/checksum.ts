import { crc32 } from 'node:zlib';

const digits = 8;

/** 32 bits, the same on every machine. */
export const checkOf = (text: string): number => crc32(text);

const hexOf = (check: number): string => check.toString(16).padStart(digits, '0');

/** A text that carries its own check value before it. */
export const checked = (text: string, check = checkOf(text)): string => hexOf(check) + text;

/** What was read back of a text that was written as `checked`. */
export interface Checked {
	/** What stands behind the check value; all of it where there is none. */
	readonly text: string;
	/** Undefined where the text is not the one that was written. */
	readonly check?: number;
}

export const readChecked = (stored: string): Checked => {
	const head = stored.slice(0, digits);
	if (!/^[\da-f]{8}$/.test(head)) return { text: stored };
	const text = stored.slice(digits);
	const check = checkOf(text);
	return hexOf(check) === head ? { text, check } : { text };
};
