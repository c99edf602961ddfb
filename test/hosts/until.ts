export const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves once it is so; rejects when it has not come to that in time, so that a test that waits in vain ends and says for what. */
export const until = async (isSo: () => boolean | Promise<boolean>, forMs = 60_000): Promise<void> => {
	for (const giveUpAtMs = Date.now() + forMs; !(await isSo()); await pause(5))
		if (Date.now() > giveUpAtMs) throw new Error(`It did not come to that in ${forMs} ms: ${String(isSo)}`);
};
