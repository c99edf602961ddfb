import type { CallResult } from './formNode';
import type { NodeAPI } from 'node-red';

/** When a node was last called, and how that ended. */
export type LastCall = CallResult & { readonly atMs: number };

/** By node; of a node that is deployed anew the last call stays known. */
export const lastCalls = new Map<string, LastCall>();

let registered: unknown;

/** What the dialog shows of the last call. It tells nothing of what was sent. */
export const registerLastCall = (RED: NodeAPI): void => {
	if (registered === RED.httpAdmin || typeof RED.httpAdmin?.get !== 'function') return;
	registered = RED.httpAdmin;
	RED.httpAdmin.get(
		'/icloud-ready/lead-form/:id/last',
		RED.auth.needsPermission('icloud-ready-lead-form.read'),
		(request, response) => {
			response.json({ last: lastCalls.get(String(request.params.id)) ?? null });
		},
	);
};
