/** What HTTP nodes need to answer with; it cannot outlive the request. */
const neverKept = new Set(['req', 'res']);
/** A property that is larger is left out: a file in a message would be written once for each of its leads. */
const longestProperty = 256 * 1024;

const asJson = (value: unknown): unknown => {
	try {
		const text = JSON.stringify(value) as string | undefined;
		return text === undefined || text.length > longestProperty ? undefined : (JSON.parse(text) as unknown);
	} catch {
		// It refers to itself, or refuses.
		return undefined;
	}
};

/**
 * The part of a message that can be stored and read back: what JSON can hold, each property by itself, so that one that
 * cannot be kept does not take the others with it. Of a message of several leads each keeps its own `part` of the payload.
 */
export const keptMessage = (msg: object, leads: number, part: unknown): Readonly<Record<string, unknown>> =>
	Object.fromEntries(
		Object.entries(leads === 1 ? msg : { ...msg, payload: part }).flatMap(([name, value]) => {
			const kept = neverKept.has(name) ? undefined : asJson(value);
			return kept === undefined ? [] : [[name, kept]];
		}),
	);
