import { interpretResponse, type Outcome, outcomeOf } from '../../packages/core/src';
import { type Entry, openOutbox, type Outbox, type OutboxOptions } from '../../packages/outbox/src';
import { type Clock, createClock } from './clock';
import type { Payload } from './entries';
import { type MemoryStore, memoryStore } from './memoryStore';

export const replied = (status: number, headers: Readonly<Record<string, string>> = {}): Outcome => ({
	...interpretResponse({ status, headers, body: status < 300 ? { _id: 'a', leadNumber: 1 } : '' }),
	attempts: 1,
});
export const faulted = (code: string, left: boolean): Outcome => ({
	...interpretResponse({ fault: { code, left } }),
	attempts: 1,
});
export const unsent = (
	cause: { readonly kind: 'canceled' } | { readonly kind: 'notConfigured'; readonly missing: 'apiKey' },
): Outcome => outcomeOf({ outcome: 'failed', cause });

/** An outbox over a store in memory and a clock that stands still, with an API that is a function. */
export interface World {
	readonly outbox: Outbox<Payload>;
	readonly store: MemoryStore;
	readonly clock: Clock;
	/** First names of the leads in the order in which they were sent. */
	readonly sent: string[];
	/** First name, outcome and, where it was told again after a start, "restored". */
	readonly told: string[];
	/** Opens the same store once more, as after a crash: whatever the old one still does goes to a store of nobody. */
	readonly crash: () => Promise<World>;
}

export type Api = (entry: Entry<Payload>, world: { readonly clock: Clock }) => Outcome | Promise<Outcome>;

export const openWorld = async (
	api: Api,
	options: Partial<OutboxOptions<Payload>> = {},
	store = memoryStore(),
	clock = createClock(),
): Promise<World> => {
	const [sent, told]: [string[], string[]] = [[], []];
	let isDead = false;
	const nameOf = ({ payload }: Entry<Payload>): string => payload.lead.leadInformation.firstName.replace('Mona ', '');
	const outbox = await openOutbox<Payload>({
		store: {
			...store,
			write: async (changes) => {
				await (isDead ? new Promise<void>(() => undefined) : store.write(changes));
			},
			ids: (shelf) => store.ids(shelf),
		},
		send: async (entry) => {
			sent.push(nameOf(entry));
			return await api(entry, { clock });
		},
		notify: (entry, outcome, restored) => {
			told.push(`${nameOf(entry)} ${outcome.outcome}${restored ? ' restored' : ''}`);
			return true;
		},
		concurrency: 1,
		maxWaiting: 1000,
		keepDays: 30,
		now: clock.now,
		monotonicMs: clock.monotonicMs,
		sleep: clock.sleep,
		...options,
	});
	return {
		outbox,
		store,
		clock,
		sent,
		told,
		crash: async () => {
			isDead = true;
			const next = await openWorld(api, options, store, clock);
			next.outbox.start();
			await clock.settle();
			return next;
		},
	};
};
