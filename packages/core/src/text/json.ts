/** Whether a value is an object with keys, not null and not a list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** How each JSON text begins. To throw and catch costs as much as all else that is done with a short text. */
const beginsAsJson = /^\s*[[{"\-\dtfn]/;

/** JSON text as data; undefined where it is not JSON. */
export const parseJson = (text: string): unknown => {
	if (!beginsAsJson.test(text)) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
};
