import type { HoldReason } from '../../outcome/holdReason';
import type { Outcome, Reply } from '../../outcome/outcome';
import type { Exchange } from '../exchange';
import type { Host } from '../host';
import { gatewayIdOf, holdReasonOf } from './gatewayReply';

/** What a gateway says of a lead that it has taken: its end, nothing as long as anybody waited, or that it knows none. */
export type PollResult =
	| { readonly kind: 'ended'; readonly outcome: Outcome }
	| { readonly kind: 'waiting'; readonly why?: HoldReason | undefined }
	| { readonly kind: 'gone' };

export interface PollOptions {
	readonly ask: (timeoutMs: number) => Promise<Exchange>;
	/** The key is struck out of ids. */
	readonly apiKey: string;
	/** The answer that the lead is kept. */
	readonly accepted: Reply;
	/** The first question is asked after so long; each further one a second later than the one before, up to five. */
	readonly firstDelayMs: number;
	/** No question is asked after this time of `monotonicMs`. */
	readonly untilMs: number;
	/** How long one question may take, in ms; less where less time is left. */
	readonly timeoutMs: number;
}

/** Most leads end within seconds; what a gateway holds for longer is not hurried by questions. */
const [stepMs, longestStepMs] = [1000, 5000];
/** So much time is left to the last question. */
const shortestTimeoutMs = 1000;

/** What one answer tells; undefined: nothing of the lead, or that it still waits, so that it is asked for again. */
const read = ({ reply, outcome }: Exchange, apiKey: string): PollResult | undefined => {
	if ('fault' in reply) return undefined;
	if (gatewayIdOf(reply, apiKey) === undefined) return reply.status === 404 ? { kind: 'gone' } : undefined;
	return reply.status === 202 ? undefined : { kind: 'ended', outcome };
};

/** Asks a gateway for the end of a lead until it has one, the time is over or the run is stopped. */
export const pollOutcome = async (
	{ ask, apiKey, accepted, firstDelayMs, untilMs, timeoutMs }: PollOptions,
	host: Pick<Host, 'sleep' | 'monotonicMs' | 'stopped'>,
): Promise<PollResult & { readonly waitedMs: number }> => {
	let waitedMs = 0;
	let why = holdReasonOf(accepted);
	for (let inMs = firstDelayMs; ; inMs = Math.min(longestStepMs, inMs + stepMs)) {
		const napMs = Math.min(inMs, Math.max(0, untilMs - host.monotonicMs()));
		if (inMs > 0 && napMs === 0) return { kind: 'waiting', why, waitedMs };
		if (napMs > 0) await host.sleep(napMs);
		waitedMs += napMs;
		if (host.stopped?.() === true) return { kind: 'waiting', why, waitedMs };
		const answer = await ask(Math.max(shortestTimeoutMs, Math.min(timeoutMs, untilMs - host.monotonicMs())));
		const result = read(answer, apiKey);
		if (result !== undefined) return { ...result, waitedMs };
		// An answer that does not come says nothing of what holds the lead.
		if (!('fault' in answer.reply) && answer.reply.status === 202) why = holdReasonOf(answer.reply);
	}
};
