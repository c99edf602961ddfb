/**
 * A file that is made part by part, as the body of an answer. Rejects where its first part cannot be made; later it breaks
 * off, so that it does not look whole.
 */
export const fileStream = async (parts: AsyncGenerator<string, void>): Promise<ReadableStream<Uint8Array>> => {
	const encoder = new TextEncoder();
	const first = await parts.next();
	return new ReadableStream({
		start: (out) => {
			if (first.done !== true) out.enqueue(encoder.encode(first.value));
		},
		pull: async (out) => {
			const { done, value } = await parts.next();
			if (done === true) out.close();
			else out.enqueue(encoder.encode(value));
		},
		cancel: async () => {
			await parts.return();
		},
	});
};
