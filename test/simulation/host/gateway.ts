import type { Program } from './process';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';

export interface Call {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | undefined;
}

export interface Answered {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** A gateway as whoever calls it sees it, and as a person on its page does. */
export interface OpenGateway {
	readonly app: {
		readonly request: (path: string, init: object, env: object) => Response | Promise<Response>;
	};
	readonly queue: {
		readonly counts: () => Promise<Readonly<Record<string, number>>>;
		readonly list: (
			list: string,
			search: { readonly text: string; readonly limit: number; readonly after?: string; readonly filter?: object },
		) => Promise<{ readonly leads: readonly { readonly id: string; readonly name: string }[]; readonly next?: string }>;
		readonly waitingLeads: () => Promise<unknown>;
		readonly facets: (list: string) => Promise<object | undefined>;
		readonly find: (id: string) => Promise<object | undefined>;
		readonly correct: (
			id: string,
			corrected: { readonly body: string; readonly lead: object },
		) => Promise<{ readonly kind: string }>;
		readonly retry: (id: string) => Promise<boolean>;
		readonly arrived: (id: string) => Promise<boolean>;
		readonly discard: (id: string) => Promise<boolean>;
	};
	readonly close: () => Promise<void>;
}

/** The product's own entry points. */
export interface GatewayProduct {
	readonly openGateway: (settings: object, host: object) => Promise<OpenGateway>;
	readonly readSettings: (
		given: readonly string[],
		env: Readonly<Record<string, string>>,
	) => { readonly kind: string; readonly settings?: object };
}

/** Calls a gateway's app as its server would; `hangUp` is what happens to it when its caller goes away. */
export const callGateway = (
	{ app }: OpenGateway,
	program: Program,
	{ method, path, headers, body }: Call,
): { readonly answer: Promise<Answered>; readonly hangUp: () => void } => {
	const given: Readonly<Record<string, string>> = {
		...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
		...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
	};
	const outgoing = Object.assign(new EventEmitter(), { destroyed: false });
	const ask = async (): Promise<Answered> => {
		const response = await app.request(
			path,
			{ method, headers: given, ...(body === undefined ? {} : { body }) },
			{ incoming: Object.assign(Readable.from([]), { headers: given }), outgoing },
		);
		const text = await response.text();
		return { status: response.status, headers: Object.fromEntries(response.headers), body: text };
	};
	return {
		answer: ask(),
		hangUp: () => {
			if (!program.isAlive()) return;
			outgoing.destroyed = true;
			outgoing.emit('close');
		},
	};
};
