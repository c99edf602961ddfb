import { checkFitness, type Fitness } from './checkAccess';
import { unfitWords, mayPass, userOf } from './unfitWords';
import type { Redis } from 'ioredis';

/** An error whose `words` go on after "Redis at …" and hold no password. */
const unfitError = (words: string): Error =>
	Object.assign(new Error('Redis cannot be used.'), { code: 'REDIS_UNFIT', words });

const lookAgainMs = 500;

export interface PreflightMeans {
	readonly url: string;
	/** A connection for commands, and one that may subscribe. */
	readonly commands: Redis;
	readonly subscriber: Redis;
	readonly sleep: (ms: number) => Promise<void>;
	readonly notice: (text: string) => void;
}

const isCluster = async (commands: Redis): Promise<boolean> =>
	/cluster_enabled:1/.test(await commands.info('cluster').catch(() => ''));

/**
 * Looks at a Redis before anything is kept in it. Resolves where it can be used, now or as soon as something passes that
 * comes by itself; rejects with `REDIS_UNFIT`, and `words` for people, where somebody has to do something first.
 */
export const preflight = async ({ url, commands, subscriber, sleep, notice }: PreflightMeans): Promise<Fitness> => {
	for (let isTold = false; ; isTold = true) {
		const fitness: Fitness = (await isCluster(commands))
			? { kind: 'refusing', code: 'CLUSTER' }
			: await checkFitness(commands, subscriber);
		if (fitness.kind === 'fit' || fitness.kind === 'away') return fitness;
		if (fitness.kind === 'refusing' && fitness.code === 'NOAUTH') return { kind: 'away', code: fitness.code };
		const words = unfitWords(fitness, userOf(url));
		if (!mayPass(fitness)) throw unfitError(words);
		if (!isTold) notice(`Redis ${words}`);
		if (fitness.kind !== 'refusing' || fitness.code !== 'LOADING') return fitness;
		await sleep(lookAgainMs);
	}
};
