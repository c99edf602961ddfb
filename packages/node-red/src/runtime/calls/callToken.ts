import { randomUUID } from 'node:crypto';

/** The property that carries a call through nodes that make a message of another; a function that returns a new object keeps `_msgid` alone. */
export const callProperty = '_icloudReadyCall';

/** A message as it goes through a flow. */
export type Message = Record<string, unknown>;

/** A call's token: its own alone, with the key of its leads, which a message keeps longer than the call is waited for. */
export const tokenOf = (leadKey: string): string => `${randomUUID()}:${leadKey}`;

/** The key of a call's leads; undefined where it is no token. */
export const leadKeyIn = (token: unknown): string | undefined =>
	typeof token === 'string' && token.includes(':') ? token.slice(token.indexOf(':') + 1) : undefined;

/** Takes the token off a message, and gives the key of its leads. */
export const takeLeadKey = (msg: Message): string | undefined => {
	const leadKey = leadKeyIn(msg[callProperty]);
	Reflect.deleteProperty(msg, callProperty);
	return leadKey;
};
