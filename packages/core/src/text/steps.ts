/**
 * Work in parts: it gives way where other work may be done between, and returns what it made. Nothing in it waits; who does it
 * decides by the clock whether to go on at once.
 */
export type Steps<Made> = Generator<undefined, Made, undefined>;

/** All of it at once. */
export const finish = <Made>(steps: Steps<Made>): Made => {
	let step = steps.next();
	while (step.done !== true) step = steps.next();
	return step.value;
};

/** After how many small pieces of work it gives way: far less than a millisecond of them. */
export const stride = 64;

const mostCounted = 400;

/** Whether data holds so much that reading it is done in steps: hundreds of values, at any depth. */
export const isLarge = (data: unknown): boolean => {
	let left = mostCounted;
	const count = (value: unknown): boolean => {
		// A text may hold data.
		left -= typeof value === 'string' ? 1 + value.length / 64 : 1;
		if (left < 0) return true;
		if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
		if (Array.isArray(value)) return value.length > left || (value as unknown[]).some(count);
		for (const key in value) if (count((value as Readonly<Record<string, unknown>>)[key])) return true;
		return false;
	};
	return count(data);
};
