import type { Outcome } from '../../packages/core/src';
import { createClock, microtasks } from './clock';
import { newEntry } from './entries';
import { memoryStore } from './memoryStore';
import { faulted, openWorld, replied } from './world';

/** What an API can do with a lead; `429 20` asks to wait 20 s. */
export const answers = ['201', '401', '403', '429', '429 20', '500', 'no answer', 'away'] as const;
export type ApiAnswer = (typeof answers)[number];

export const outcomeOfAnswer: Readonly<Record<ApiAnswer, () => Outcome>> = {
	201: () => replied(201),
	401: () => replied(401),
	403: () => replied(403),
	429: () => replied(429),
	'429 20': () => replied(429, { 'retry-after': '20' }),
	500: () => replied(500),
	'no answer': () => faulted('ETIMEDOUT', true),
	away: () => faulted('ECONNREFUSED', false),
};

/** All sequences of so many of them. */
export const sequencesOf = (length: number): readonly (readonly ApiAnswer[])[] =>
	length === 0 ? [[]] : sequencesOf(length - 1).flatMap((before) => answers.map((answer) => [...before, answer]));

export { seeded } from '../fixtures/cases';

export interface Setup {
	readonly organizations: readonly string[];
	readonly concurrency: number;
	readonly leads: number;
	/** All at once while nothing is sent yet, or one after the other, so many ms apart. */
	readonly arriveEveryMs: number | 'before';
	/** Sets the clock of the machine, or does something else, each time a lead is sent. */
	readonly onSent?: (clock: ReturnType<typeof createClock>) => void;
}

const withinMs = 600_000;

/**
 * An API that answers by the sequence, whoever asks, and creates every lead from then on. Gives what is wrong after ten
 * minutes; nothing is, where each lead has ended, was told once, and was sent again only where it surely was not created.
 */
export const flawsOf = async (sequence: readonly ApiAnswer[], setup: Setup): Promise<readonly string[]> => {
	const clock = createClock(1_000_000, microtasks);
	const flaws: string[] = [];
	const perhapsCreated = new Set<string>();
	let next = 0;
	const world = await openWorld(
		(entry) => {
			if (perhapsCreated.has(entry.id)) flaws.push(`${entry.id} was sent although it may exist`);
			const answer = sequence[next++] ?? '201';
			if (answer === '201' || answer === '500' || answer === 'no answer') perhapsCreated.add(entry.id);
			setup.onSent?.(clock);
			return outcomeOfAnswer[answer]();
		},
		{ concurrency: setup.concurrency },
		memoryStore(),
		clock,
	);
	const put = async (number: number): Promise<void> => {
		await world.outbox.put(newEntry(number, setup.organizations[number % setup.organizations.length]));
	};
	if (setup.arriveEveryMs !== 'before') world.outbox.start();
	for (let number = 1; number <= setup.leads; number++) {
		await put(number);
		if (setup.arriveEveryMs !== 'before') await clock.advance(setup.arriveEveryMs);
	}
	if (setup.arriveEveryMs === 'before') world.outbox.start();
	for (let round = 0; round < 4; round++) await clock.settle();
	await clock.advance(withinMs);
	const { waiting, sending } = world.outbox.counts();
	if (waiting + sending > 0)
		flaws.push(`${waiting} wait and ${sending} are on their way, held by ${world.outbox.holdReason()}`);
	if (world.told.length !== setup.leads) flaws.push(`${world.told.length} of ${setup.leads} were told`);
	if (next < sequence.length) return flaws;
	// Nothing is left behind that keeps the next one.
	for (const [index, organizationId] of setup.organizations.entries()) {
		await world.outbox.put(newEntry(setup.leads + 1 + index, organizationId));
		await clock.settle();
	}
	if (world.told.length !== setup.leads + setup.organizations.length)
		flaws.push(`a new lead waits, held by ${world.outbox.holdReason()}`);
	await world.outbox.close(Promise.resolve());
	return flaws;
};
