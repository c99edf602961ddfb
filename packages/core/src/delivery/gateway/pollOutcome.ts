import type { HeldBy } from '../../outcome/holdReason';
import type { Reply } from '../../outcome/outcome';
import type { Host } from '../host';
import { gatewayIdOf, heldByOf } from './gatewayReply';

/** What a gateway says of a lead that it has taken: its end, nothing as long as anybody waited, or that it knows none. */
export type Told =
	| { readonly kind: 'ended'; readonly reply: Reply }
	| { readonly kind: 'waiting'; readonly why?: HeldBy | undefined }
	| { readonly kind: 'gone' };

export interface Asking {
	readonly ask: (timeoutMs: number) => Promise<Reply>;
	/** The key is struck out of ids. */
	readonly apiKey: string;
	/** The answer that the lead is kept. */
	readonly kept: Reply;
	/** The first question is asked after so long; each further one a second later than the one before, up to five. */
	readonly firstInMs: number;
	/** No question is asked after this time of `monotonicMs`. */
	readonly untilMs: number;
	readonly timeoutMs: number;
}

const stepMs = 1000;
const longestStepMs = 5000;
/** So much time is left to the last question. */
const shortestTimeoutMs = 1000;

/** What one answer tells; undefined: nothing of the lead, or that it still waits, so that it is asked for again. */
const read = (reply: Reply, apiKey: string): Told | undefined => {
	if ('fault' in reply) return undefined;
	if (gatewayIdOf(reply, apiKey) === undefined) return reply.status === 404 ? { kind: 'gone' } : undefined;
	return reply.status === 202 ? undefined : { kind: 'ended', reply };
};

/** Asks a gateway for the end of a lead until it has one, the time is over or the run is stopped. */
export const askGateway = async ({ ask, apiKey, kept, firstInMs, untilMs, timeoutMs }: Asking, host: Pick<Host, 'sleep' | 'monotonicMs' | 'stopped'>): Promise<Told & { readonly waitedMs: number }> => {
	let waitedMs = 0;
	let why = heldByOf(kept);
	for (let inMs = firstInMs; ; inMs = Math.min(longestStepMs, inMs + stepMs)) {
		const napMs = Math.min(inMs, Math.max(0, untilMs - host.monotonicMs()));
		if (inMs > 0 && napMs === 0) return { kind: 'waiting', why, waitedMs };
		if (napMs > 0) await host.sleep(napMs);
		waitedMs += napMs;
		if (host.stopped?.() === true) return { kind: 'waiting', why, waitedMs };
		const reply = await ask(Math.max(shortestTimeoutMs, Math.min(timeoutMs, untilMs - host.monotonicMs())));
		const told = read(reply, apiKey);
		if (told !== undefined) return { ...told, waitedMs };
		// An answer that does not come says nothing of what holds the lead.
		if (!('fault' in reply) && reply.status === 202) why = heldByOf(reply);
	}
};
