import { codeOfProxy, readFault } from '@icloud-ready/core';
import { Client, type Dispatcher, Pool } from 'undici';

/** Connections through a proxy, which undici's agents make with `factory`. */
export interface Tunnels {
	readonly factory: (origin: string | URL, options: object) => Dispatcher;
	/** Whether what goes to this origin goes through a proxy; known from the first request to it on. */
	readonly leadTo: (origin: string) => boolean;
}

type Connector = (target: unknown, callback: (error: Error | null, socket: unknown) => void) => void;

const refusal = /^Proxy response \((\d{3})\) !== 200/;

/** What is wrong with a tunnel that does not stand, as a fault of the proxy where it is not one of a name, an address or a certificate. */
const tunnelFault = (error: Error): Error => {
	const { code, syscall } = error as { readonly code?: unknown; readonly syscall?: unknown };
	const reading = readFault({
		...(typeof code === 'string' ? { code } : {}),
		...(typeof syscall === 'string' ? { syscall } : {}),
	});
	// The client calls each of its own waits so; behind a proxy nobody knows whose it was.
	if (reading.kind === 'notReached' && code !== 'UND_ERR_CONNECT_TIMEOUT') return error;
	const status = refusal.exec(error.message)?.[1];
	return Object.assign(new Error('No tunnel'), { code: codeOfProxy(status === undefined ? null : Number(status)) });
};

/**
 * Tells what went wrong before a tunnel stood, when nothing of a lead has left, from what went wrong in it. undici's own
 * errors are the same for both, and some of them make it connect anew without end.
 */
export const createTunnels = (): Tunnels => {
	const origins = new Set<string>();
	return {
		leadTo: (origin) => origins.has(origin),
		factory: (origin, options) => {
			const { connect, connections } = options as {
				readonly connect?: Connector | object;
				readonly connections?: number;
			};
			const Made = connections === 1 ? Client : Pool;
			// Only a proxy's agent connects by a function of its own.
			if (typeof connect !== 'function') return new Made(origin, options);
			origins.add(new URL(origin).origin);
			const marked: Connector = (target, callback) => {
				(connect as Connector)(target, (error, socket) => callback(error === null ? null : tunnelFault(error), socket));
			};
			return new Made(origin, { ...options, connect: marked as never });
		},
	};
};
