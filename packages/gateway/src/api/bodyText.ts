/** A body as text; `charset`: it is said to be in one that is not known; `bytes`: it is not in the one it should be in. */
export type BodyText =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'charset' | 'bytes' | 'encoded' };

/** The charset that a Content-Type names, lower case; undefined where it names none. */
export const charsetOf = (contentType: string | undefined): string | undefined => {
	for (const part of (contentType ?? '').split(';').slice(1)) {
		const at = part.indexOf('=');
		if (part.slice(0, Math.max(0, at)).trim().toLowerCase() === 'charset')
			return (
				part
					.slice(at + 1)
					.trim()
					.replace(/^"|"$/g, '')
					.trim()
					.toLowerCase() || undefined
			);
	}
	return undefined;
};

/** ASCII is a part of UTF-8, and TextDecoder takes it for a part of windows-1252. */
const asUtf8 = ['utf-8', 'utf8', 'ascii', 'us-ascii', 'unicode-1-1-utf-8'];

/** What the first bytes say: a byte order mark, or where JSON begins, which is with a character of ASCII. */
const markedAs = ([first, second, third]: Uint8Array): string | undefined => {
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	return undefined;
};
const beginsAs = ([first, second]: Uint8Array): string => {
	if (first === 0 && second !== 0 && second !== undefined) return 'utf-16be';
	return second === 0 && first !== 0 ? 'utf-16le' : 'utf-8';
};

/** What windows-1252 has from 0x80 to 0x9f, which some versions of Node decode as ISO-8859-1. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const mended = (text: string, { encoding }: TextDecoder): string =>
	encoding === 'windows-1252'
		? text.replace(/[\x80-\x9f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character)
		: text;

const decoded = (bytes: Uint8Array, charset: string): BodyText => {
	let decoder: TextDecoder;
	try {
		decoder = new TextDecoder(charset, { fatal: true });
	} catch {
		return { kind: 'charset' };
	}
	try {
		return { kind: 'text', text: mended(decoder.decode(bytes), decoder) };
	} catch {
		return { kind: 'bytes' };
	}
};

/**
 * The text of a body, in the charset that its byte order mark or its Content-Type names, else in UTF-8, as JSON is. No
 * character is replaced: a lead whose name is lost looks like any other. Bytes that are UTF-8 are so whatever charset of
 * single bytes is named, since many clients name a default of theirs and nobody's name happens to be UTF-8 in another.
 */
export const bodyText = (bytes: Uint8Array, contentType: string | undefined, contentEncoding?: string): BodyText => {
	if (!['', 'identity'].includes((contentEncoding ?? '').trim().toLowerCase())) return { kind: 'encoded' };
	const marked = markedAs(bytes);
	const named = charsetOf(contentType);
	if (marked !== undefined) return decoded(bytes, marked);
	if (named === undefined) return decoded(bytes, beginsAs(bytes));
	if (asUtf8.includes(named)) return decoded(bytes, 'utf-8');
	const asNamed = decoded(bytes, named);
	if (
		asNamed.kind === 'charset' ||
		named.startsWith('utf-16') ||
		named.startsWith('ucs-2') ||
		named.startsWith('unicode')
	)
		return asNamed;
	const utf8 = decoded(bytes, 'utf-8');
	return utf8.kind === 'text' ? utf8 : asNamed;
};
