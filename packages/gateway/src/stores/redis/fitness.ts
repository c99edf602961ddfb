import { checkFitness, type Fitness } from './checkAccess';
import { unfitWords } from './unfitWords';
import type { Redis } from 'ioredis';

interface Means {
	readonly commands: Redis;
	readonly subscriber: Redis;
	readonly user: string;
	readonly now: () => number;
	readonly notice: (text: string) => void;
}

/** Keeps an eye on whether Redis still does all that is needed. */
export interface FitnessWatch {
	/** Whether it does now; asked no more than once a second, however often this is called. Never rejects. */
	readonly isFit: () => Promise<boolean>;
	/** The same, asked anew. */
	readonly look: () => Promise<boolean>;
}

/** However often `/readyz` is asked, Redis is asked once in this time. */
const freshForMs = 1000;

/** Tells once that Redis does not do all, once more where the reason is another, and once that it does again. */
export const createFitnessWatch = (
	{ commands, subscriber, user, now, notice }: Means,
	before: Fitness,
): FitnessWatch => {
	let reported = before.kind === 'fit' || before.kind === 'away' ? '' : unfitWords(before, user);
	let last: { readonly atMs: number; readonly isFit: Promise<boolean> } | undefined;

	const tell = (fitness: Fitness): void => {
		// That it is away is told by the connection itself.
		if (fitness.kind === 'away') return;
		const words = fitness.kind === 'fit' ? '' : unfitWords(fitness, user);
		if (words === reported) return;
		reported = words;
		notice(
			words === ''
				? 'Redis supports everything the gateway needs again.'
				: `Redis ${words} Until then, new leads are rejected and queued leads wait.`,
		);
	};
	const ask = async (): Promise<boolean> => {
		const fitness = await checkFitness(commands, subscriber.status === 'ready' ? subscriber : undefined);
		tell(fitness);
		return fitness.kind === 'fit';
	};
	const look = async (): Promise<boolean> => {
		const isFit = ask();
		last = { atMs: now(), isFit };
		return await isFit;
	};
	return {
		look,
		isFit: async () =>
			last !== undefined && Math.abs(now() - last.atMs) < freshForMs ? await last.isFit : await look(),
	};
};
