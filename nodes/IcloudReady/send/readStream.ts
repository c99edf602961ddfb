import { mostAnswerBytes } from '../../../packages/core/src';

/** What could be read of an answer; `broken` is what ended the reading, where it did not end by itself. */
export interface AnswerBody {
	readonly body: unknown;
	readonly broken?: unknown;
}

const isStream = (body: unknown): body is AsyncIterable<unknown> =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** Reads a stream as text. Leaving it early ends its connection, so that an answer without an end costs nothing more. */
export const readAnswer = async (body: unknown): Promise<AnswerBody> => {
	if (!isStream(body)) return { body };
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	try {
		for await (const chunk of body) {
			if (!ArrayBuffer.isView(chunk)) continue;
			text += decoder.decode(
				new Uint8Array(chunk.buffer, chunk.byteOffset, Math.min(chunk.byteLength, mostAnswerBytes - bytes)),
				{ stream: true },
			);
			bytes += chunk.byteLength;
			if (bytes > mostAnswerBytes) break;
		}
		return { body: text };
	} catch (error) {
		return { body: text, broken: error ?? new Error('The answer broke off') };
	}
};
