/**
 * Writes that come in while one is under way are written together in the next: a disk takes as long for one as for a
 * hundred. Each caller's promise settles with the write that held its changes.
 */
export const batchWrites = <Change>(
	write: (changes: readonly Change[]) => Promise<void>,
): ((changes: readonly Change[]) => Promise<void>) => {
	let next: { readonly changes: Change[]; readonly done: Promise<void> } | undefined;
	let underWay: Promise<unknown> = Promise.resolve();

	return async (changes) => {
		if (next === undefined) {
			const mine: Change[] = [];
			const done = underWay.then(async () => {
				next = undefined;
				await write(mine);
			});
			next = { changes: mine, done };
			underWay = done.catch(() => undefined);
		}
		next.changes.push(...changes);
		await next.done;
	};
};
