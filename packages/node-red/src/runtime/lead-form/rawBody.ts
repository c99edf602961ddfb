import type { FormRequest } from './httpTypes';

export type RawBody = { readonly bytes: Buffer } | { readonly refusal: 'tooLarge' | 'mediaType' | 'unreadable' };

const units: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };
const defaultMaxBytes = 5 * 1024 ** 2;

/** Node-RED's `apiMaxLength` in bytes: a number, or text such as `5mb`. */
export const maxBytesOf = (apiMaxLength: unknown): number => {
	if (typeof apiMaxLength === 'number' && apiMaxLength > 0) return apiMaxLength;
	const [, number, unit = 'b'] = /^([\d.]+)\s*(b|kb|mb|gb)?$/i.exec(String(apiMaxLength).trim()) ?? [];
	const bytes = Number(number) * (units[unit.toLowerCase()] ?? 1);
	return Number.isFinite(bytes) && bytes > 0 ? bytes : defaultMaxBytes;
};

/** The bytes as they were sent, which is what platforms sign. Never rejects; what is too large is not read to its end. */
export const readRawBody = async (request: FormRequest, maxBytes: number): Promise<RawBody> => {
	const encoding = request.headers['content-encoding'] ?? 'identity';
	if (encoding.toLowerCase() !== 'identity') return { refusal: 'mediaType' };
	// Where something before us has read the body already, it may have kept the bytes.
	const kept: unknown = Reflect.get(request, 'rawBody');
	if (Buffer.isBuffer(kept)) return kept.length > maxBytes ? { refusal: 'tooLarge' } : { bytes: kept };
	if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { refusal: 'tooLarge' };
	// Read by something before us, which kept no bytes.
	if (request.readableEnded) return { refusal: 'unreadable' };
	return await new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let length = 0;
		request.on('data', (chunk: Buffer) => {
			length += chunk.length;
			if (length > maxBytes) {
				request.pause();
				resolve({ refusal: 'tooLarge' });
			} else chunks.push(chunk);
		});
		request.on('end', () => resolve({ bytes: Buffer.concat(chunks) }));
		request.on('error', () => resolve({ refusal: 'unreadable' }));
		request.on('close', () => resolve({ refusal: 'unreadable' }));
	});
};
