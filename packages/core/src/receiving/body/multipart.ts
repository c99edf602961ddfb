import { fieldsOf, mostFields } from './fields';

const [lineFeed, carriageReturn, dash] = [10, 13, 45];

const bytesOf = (ascii: string): readonly number[] => [...ascii].map((sign) => sign.charCodeAt(0));

const indexOf = (body: Uint8Array, sought: readonly number[], from: number): number => {
	const [first = 0] = sought;
	for (let at = body.indexOf(first, from); at >= 0; at = body.indexOf(first, at + 1)) {
		if (at + sought.length > body.length) return -1;
		if (sought.every((byte, index) => body[at + index] === byte)) return at;
	}
	return -1;
};

const nameIn = /;\s*name=(?:"((?:\\.|[^"\\])*)"|([^;\s]*))/i;
const hasFile = /;\s*filename\*?=/i;

/** A part's name and text; undefined where it is a file. `unreadable`: it is no part. */
const readPart = (
	part: Uint8Array,
	text: (bytes: Uint8Array) => string | undefined,
): readonly [name: string, value: string] | 'unreadable' | undefined => {
	const end = indexOf(part, bytesOf('\r\n\r\n'), 0);
	const head = end < 0 ? undefined : text(part.subarray(0, end));
	const disposition = head?.split('\r\n').find((line) => /^content-disposition:/i.test(line));
	const name = disposition === undefined ? null : nameIn.exec(disposition);
	if (disposition === undefined || name === null) return 'unreadable';
	if (hasFile.test(disposition)) return undefined;
	const value = text(part.subarray(end + 4));
	// Browsers write a quote in a name as %22.
	return value === undefined
		? 'unreadable'
		: [(name[1] ?? name[2] ?? '').replace(/\\(.)/g, '$1').replaceAll('%22', '"'), value];
};

/**
 * `multipart/form-data`: its texts by name; files are left out, since a lead has none. Undefined where it cannot be read
 * or has no end. `text` makes UTF-8 of bytes.
 */
export const readMultipart = (
	body: Uint8Array,
	boundary: string,
	text: (bytes: Uint8Array) => string | undefined,
): Readonly<Record<string, unknown>> | undefined => {
	const first = bytesOf(`--${boundary}`);
	const between = bytesOf(`\r\n--${boundary}`);
	let at = indexOf(body, first, 0);
	if (at < 0) return undefined;
	at += first.length;
	const pairs: (readonly [string, string])[] = [];
	for (let count = 0; count <= mostFields; count++) {
		if (body[at] === dash && body[at + 1] === dash) return fieldsOf(pairs);
		if (body[at] !== carriageReturn || body[at + 1] !== lineFeed) return undefined;
		const end = indexOf(body, between, at);
		if (end < 0) return undefined;
		const part = readPart(body.subarray(at + 2, end), text);
		if (part === 'unreadable') return undefined;
		if (part !== undefined) pairs.push(part);
		at = end + between.length;
	}
	return undefined;
};
