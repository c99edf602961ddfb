import { parseJson } from '../../text/json';
import type { ReceivingHost } from '../call';
import { contentTypeOf } from './contentType';
import { readMultipart } from './multipart';
import { readUrlencoded } from './urlencoded';

/** A body's data, or why there is none. */
export type BodyReading =
	| { readonly kind: 'data'; readonly data: unknown; readonly isForm: boolean }
	| { readonly kind: 'refused'; readonly refusal: 'mediaType' | 'unreadable' };

const unreadable: BodyReading = { kind: 'refused', refusal: 'unreadable' };
const mediaType: BodyReading = { kind: 'refused', refusal: 'mediaType' };

const isJson = (type: string): boolean => /^(?:application\/json|text\/json|[\w.-]+\/[\w.+-]+\+json)$/.test(type);

const form = (data: Readonly<Record<string, unknown>> | undefined): BodyReading =>
	data === undefined ? unreadable : { kind: 'data', data, isForm: true };

/**
 * A body by what its Content-Type says: JSON, form-urlencoded or multipart, in UTF-8. One without a type, or as plain text,
 * as a page's script sends it without asking first, is read as JSON. Never throws.
 */
export const readBody = (header: string | undefined, body: Uint8Array, { text }: ReceivingHost): BodyReading => {
	const { type, charset = 'utf-8', boundary } = contentTypeOf(header);
	if (!['utf-8', 'utf8', 'us-ascii'].includes(charset)) return mediaType;
	if (type === 'multipart/form-data')
		return boundary === undefined ? unreadable : form(readMultipart(body, boundary, text));
	const isForm = type === 'application/x-www-form-urlencoded';
	if (!isForm && !isJson(type) && type !== '' && type !== 'text/plain') return mediaType;
	const content = text(body);
	if (content === undefined) return unreadable;
	if (isForm) return form(readUrlencoded(content));
	const data = parseJson(content);
	return data === undefined ? unreadable : { kind: 'data', data, isForm: false };
};
