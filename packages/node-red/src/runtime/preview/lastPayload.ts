/** The payload that each node got last, for its dialog's Preview: in memory only, one for each node, gone with the node. */
const payloads = new Map<string, unknown>();

export const rememberPayload = (nodeId: string, payload: unknown): void => void payloads.set(nodeId, payload);

export const forgetPayload = (nodeId: string): void => void payloads.delete(nodeId);

const longest = 500_000;

/** The payload as JSON text to be shown; undefined where there is none, or none that can be shown. */
export const lastPayload = (nodeId: string): string | undefined => {
	if (!payloads.has(nodeId)) return undefined;
	try {
		const text = JSON.stringify(payloads.get(nodeId), null, 2) as string | undefined;
		return text === undefined || text.length > longest ? undefined : text;
	} catch {
		return undefined;
	}
};
