import { accountType } from '../config/accountSettings';
import type { Tested } from './testRequest';
import type { NodeAPI } from 'node-red';

/** An account as it is deployed, and as it was written in the flow; undefined where it is not. */
export const deployedAs = (
	RED: NodeAPI,
	id: string,
): { readonly written: Tested; readonly baseUrl: string } | undefined => {
	const running = RED.nodes.getNode(id) as unknown as {
		readonly type?: string;
		readonly storedBaseUrl?: string;
	} | null;
	let written: Readonly<Record<string, unknown>> | undefined;
	RED.nodes.eachNode((node) => {
		if (node.id === id && node.type === accountType) written = node as unknown as Readonly<Record<string, unknown>>;
	});
	if (running?.storedBaseUrl === undefined || written === undefined) return undefined;
	const { apiKey } = (RED.nodes.getCredentials(id) ?? {}) as { readonly apiKey?: unknown };
	return { written: { ...(written as unknown as Tested), apiKey }, baseUrl: running.storedBaseUrl };
};
