/** Waiting that ends early once `closing` is aborted, so that nothing keeps a gateway from ending. */
export const createSleep =
	(after: (ms: number, wake: () => void) => () => void, closing: AbortSignal) =>
	async (ms: number): Promise<void> =>
		await new Promise((resolve) => {
			if (closing.aborted) return resolve();
			const wake = (): void => {
				closing.removeEventListener('abort', wake);
				takeBack();
				resolve();
			};
			const takeBack = after(ms, wake);
			closing.addEventListener('abort', wake);
		});
