import type { PlatformName } from '../../packages/core/src';
import { genuineCall, type GenuineCall } from '../../packages/sandbox/src/senders/genuineCall';
import { submissions } from '../../packages/sandbox/src/senders/submissions';
import { canary } from '../fixtures/canary';

export const asBase64 = (text: string): string => Buffer.from(text).toString('base64');

export const verifyToken = 'known-to-both';
/** Standard Webhooks wants base64; the others take any text. The canary must be found in no log, export or answer. */
export const secretOf = (name: PlatformName): string => (name === 'standard' ? asBase64(canary) : canary);
export const nextSecret = asBase64('the-next-secret-of-the-platform');

interface Made {
	readonly secret?: string;
	readonly atMs?: number;
	/** Of indentation, which a signature of the raw body must bear. */
	readonly spaces?: number;
}

/** Calls of platforms, each with a new submission, so that none is a repeat of another test's. */
export const platformCalls = (prefix: string): ((name: PlatformName, made?: Made) => GenuineCall) => {
	let number = 0;
	return (name, { secret = secretOf(name), atMs = Date.now(), spaces } = {}) => {
		const id = `${prefix}-${name}-${++number}`;
		const person = { firstName: 'منى', lastName: 'Ali', phone: `+20100${String(1_000_000 + number)}` };
		const sending = { payload: submissions[name](person, id), secret, nowMs: atMs, id };
		return genuineCall(name, sending, (payload) => JSON.stringify(payload, null, spaces));
	};
};
