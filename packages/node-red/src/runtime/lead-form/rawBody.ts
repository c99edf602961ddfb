import type { FormRequest } from './httpTypes';
import { letPass } from '@icloud-ready/http/letPass';
import { setTimeout as sleep } from 'node:timers/promises';

/** `busy`: it came before it could be read. */
export type RawBody =
	| { readonly bytes: Buffer }
	| { readonly refusal: 'tooLarge' | 'mediaType' | 'unreadable' | 'busy' };

const units: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };
const defaultMaxBytes = 5 * 1024 ** 2;

/** Node-RED's `apiMaxLength` in bytes: a number, or text such as `5mb`. */
export const maxBytesOf = (apiMaxLength: unknown): number => {
	if (typeof apiMaxLength === 'number' && apiMaxLength > 0) return apiMaxLength;
	const [, number, unit = 'b'] = /^([\d.]+)\s*(b|kb|mb|gb)?$/i.exec(String(apiMaxLength).trim()) ?? [];
	const bytes = Number(number) * (units[unit.toLowerCase()] ?? 1);
	return Number.isFinite(bytes) && bytes > 0 ? bytes : defaultMaxBytes;
};

/** Whoever sends slowly gets its answer in the middle. */
const longestPassingMs = 10_000;

/** The rest is thrown away before the answer: a sender that still writes would see a broken connection instead of it. */
const tooLarge = async (request: FormRequest): Promise<RawBody> => {
	await Promise.race([letPass(request), sleep(longestPassingMs, undefined, { ref: false })]);
	return { refusal: 'tooLarge' };
};

/** The bytes as they were sent, which is what platforms sign. Never rejects; what is too large is thrown away. */
export const readRawBody = async (request: FormRequest, maxBytes: number): Promise<RawBody> => {
	const encoding = request.headers['content-encoding'] ?? 'identity';
	if (encoding.toLowerCase() !== 'identity') return { refusal: 'mediaType' };
	// Where something before us has read the body already, it may have kept the bytes.
	const kept: unknown = Reflect.get(request, 'rawBody');
	if (Buffer.isBuffer(kept)) return kept.length > maxBytes ? { refusal: 'tooLarge' } : { bytes: kept };
	if (Number(request.headers['content-length'] ?? 0) > maxBytes) return await tooLarge(request);
	// Read by something before us, which kept no bytes.
	if (request.readableEnded) return { refusal: 'unreadable' };
	return await new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let length = 0;
		const take = (chunk: Buffer): void => {
			length += chunk.length;
			chunks.push(chunk);
			if (length <= maxBytes) return;
			chunks.length = 0;
			request.off('data', take);
			resolve(tooLarge(request));
		};
		request.on('data', take);
		request.on('end', () => resolve({ bytes: Buffer.concat(chunks) }));
		request.on('error', () => resolve({ refusal: 'unreadable' }));
		request.on('close', () => resolve({ refusal: 'unreadable' }));
	});
};
