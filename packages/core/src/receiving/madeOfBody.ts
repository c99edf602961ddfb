const prefix = 'body:';

/** The ID of a submission whose sender gave none. `digest`: of the raw body. */
export const idOfBody = (digest: string): string => prefix + digest;

/** Whether an ID was made of the body, so that it names no submission of the platform's. */
export const isMadeOfBody = (id: string): boolean => id.startsWith(prefix);

/**
 * A body of a sender that gives no IDs is remembered for a day, and at most a quarter longer: later somebody may mean it
 * again. Each slice is one more look into the record for every call.
 */
const sliceMs = 6 * 3_600_000;
const slicesOfADay = 4;

/** The slices of time in which such a body may have come before, the present one first. `nowMs`: since 1970. */
export const slicesBefore = (nowMs: number): readonly [number, ...number[]] => {
	const slice = Math.floor(nowMs / sliceMs);
	return [slice, ...Array.from({ length: slicesOfADay }, (_, ago) => slice - 1 - ago)];
};
