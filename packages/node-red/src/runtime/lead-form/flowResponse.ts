import type { FormResponse } from './httpTypes';

/** What ends a response, of all that Express has. */
const enders = new Set([
	'send',
	'json',
	'jsonp',
	'end',
	'sendStatus',
	'sendFile',
	'sendfile',
	'download',
	'redirect',
	'render',
]);

/**
 * `msg.res` for an http response node. The first answer wins: `claim` is asked before one ends, and where it says no,
 * nothing is sent and nothing is thrown.
 */
export const flowResponse = (response: FormResponse, claim: () => boolean): { readonly _res: FormResponse } => {
	let isOurs = false;
	const proxy: FormResponse = new Proxy(response, {
		get: (target, name) => {
			const value: unknown = Reflect.get(target, name, target);
			if (typeof value !== 'function') return value;
			return (...given: unknown[]): unknown => {
				if (typeof name === 'string' && enders.has(name) && !isOurs) {
					if (!claim()) return proxy;
					isOurs = true;
				} else if (!isOurs && target.headersSent) return proxy;
				const result: unknown = Reflect.apply(value as (...each: unknown[]) => unknown, target, given);
				return result === target ? proxy : result;
			};
		},
	});
	return { _res: proxy };
};
