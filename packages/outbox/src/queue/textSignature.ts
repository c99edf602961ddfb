/*
 * Which texts may hold another one, without the texts: each run of three letters sets a bit of 1,024. Where a bit of what is
 * looked for is not set, the text does not hold it; where all are, it is read.
 */

/** A signature is a string of so many 16-bit units, which is the least that a text of so many bits takes. */
export const signatureUnits = 64;

const { imul } = Math;
const run = 3;
const bitsKept = 10;

const bitAt = (text: string, at: number): number => {
	const letters = imul(text.charCodeAt(at), 961) + imul(text.charCodeAt(at + 1), 31) + text.charCodeAt(at + 2);
	return imul(letters, 0x9e3779b1) >>> (32 - bitsKept);
};

/** The signature of a text. */
export const signatureOf = (text: string): string => {
	const units = new Uint16Array(signatureUnits);
	for (let at = 0; at + run <= text.length; at++) {
		const bit = bitAt(text, at);
		units[bit >>> 4] = (units[bit >>> 4] as number) | (1 << (bit & 15));
	}
	return String.fromCharCode(...units);
};

/** Bits that a signature must have, each as its unit and a mask; none where the text is too short to tell. */
export const bitsOf = (text: string): readonly (readonly [unit: number, mask: number])[] => {
	const bits = new Set<number>();
	for (let at = 0; at + run <= text.length; at++) bits.add(bitAt(text, at));
	return [...bits].map((bit) => [bit >>> 4, 1 << (bit & 15)] as const);
};

/** Puts a signature at a place of a column of them. */
export const writeSignature = (column: Uint16Array, place: number, signature: string): void => {
	for (let unit = 0; unit < signatureUnits; unit++) column[place * signatureUnits + unit] = signature.charCodeAt(unit);
};

/** Whether the signature at a place of a column has all of some bits. */
export const mayHold = (column: Uint16Array, place: number, bits: ReturnType<typeof bitsOf>): boolean => {
	for (const [unit, mask] of bits) if (((column[place * signatureUnits + unit] as number) & mask) === 0) return false;
	return true;
};
