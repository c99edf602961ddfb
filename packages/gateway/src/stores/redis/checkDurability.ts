import type { Redis } from 'ioredis';

/** The first version with `ZRANGE … BYSCORE` and the ACL words that are asked for; older ones get no more fixes. */
const oldest = 7;

/** What a Redis may do with leads, in words: each says what may happen, then what to do. */
const warnings = {
	evicts: (policy: string) =>
		`Redis may throw leads away when its memory is full (maxmemory-policy is ${policy}). Set it to noeviction.`,
	notWritten: 'Redis keeps leads in memory only, and forgets all of them when it ends. Set appendonly to yes.',
	everySecond: (fsync: string) =>
		`Redis writes to disk ${fsync === 'no' ? 'when its system likes' : 'once a second'} (appendfsync is ${fsync}): where the machine loses power, the last leads may be lost, and one that was on its way may be sent once more. Set appendfsync to always.`,
	unknown:
		'Redis does not say how it keeps leads. Check that its maxmemory-policy is noeviction, appendonly is yes and appendfsync is always, or leads may be lost where it ends.',
} as const;

/** What may happen to leads, by the settings of Redis; empty where they are safe. */
const durabilityFlaws = (config: Readonly<Record<string, string>>): readonly string[] => {
	const { 'maxmemory-policy': policy, appendonly, appendfsync } = config;
	if (policy === undefined || appendonly === undefined || appendfsync === undefined) return [warnings.unknown];
	return [
		...(policy === 'noeviction' ? [] : [warnings.evicts(policy)]),
		...(appendonly === 'yes' ? [] : [warnings.notWritten]),
		...(appendonly === 'yes' && appendfsync !== 'always' ? [warnings.everySecond(appendfsync)] : []),
	];
};

/** Rejects where Redis is too old; resolves with what may happen to leads. */
export const checkRedis = async (redis: Redis): Promise<readonly string[]> => {
	const version = /redis_version:(\d+)/.exec(await redis.info('server'))?.[1];
	if (version !== undefined && Number(version) < oldest)
		throw Object.assign(new Error('Redis is too old.'), { code: 'REDIS_VERSION' });
	// Many who lend a Redis do not let it be asked.
	const answers = await Promise.all(
		['maxmemory-policy', 'appendonly', 'appendfsync'].map(
			async (name) => (await redis.config('GET', name).catch(() => [])) as readonly string[],
		),
	);
	return durabilityFlaws(
		Object.fromEntries(
			answers.flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [[name, value]])),
		),
	);
};
