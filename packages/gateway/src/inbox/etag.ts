import { createHash } from 'node:crypto';

/** The same for the same text, so that what a page has already is not sent again. */
export const etagOf = (text: string): string =>
	`"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
