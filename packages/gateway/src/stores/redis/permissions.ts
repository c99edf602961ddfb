import { indexKeys, stateKeys, queueKey, queuePrefix } from './redisKeys';

/** A command that asks Redis whether this user may do something. It is queued in a transaction that is thrown away. */
export interface Probe {
	readonly args: readonly [command: string, ...args: string[]];
	/** What whoever runs Redis would have to give where Redis refuses: besides the command, the keys or the channel it is about. */
	readonly on: 'keys' | 'queueKeys' | 'channel' | 'nothing';
}

/** What a Redis user may not do, in the parts that `ACL SETUSER` takes. */
export interface MissingAccess {
	/** Names of commands, lower case; a subcommand as `client|setname`. */
	readonly commands: readonly string[];
	/** Patterns of keys, without their `~`. */
	readonly keys: readonly string[];
	/** Patterns of channels, without their `&`. */
	readonly channels: readonly string[];
	/** The rest could not be asked, so it may be lacking as well. */
	readonly isPart?: true;
}

export const keyPatterns = { keys: `${queuePrefix}-ledger:*`, queueKeys: `${queuePrefix}:*` } as const;
export const channelPattern = indexKeys.events;

const key = `${queuePrefix}-ledger:permissions`;

/** Every command that the gateway and BullMQ use, in Lua as well, each as it would do least if it were ever run. */
const keyCommands: readonly Probe['args'][] = [
	['del', key],
	['exists', key],
	['expire', key, '1'],
	['pexpire', key, '1'],
	['persist', key],
	['pttl', key],
	['get', key],
	['getdel', key],
	['mget', key],
	['set', key, '', 'XX'],
	['incr', key],
	['hdel', key, ''],
	['hexists', key, ''],
	['hget', key, ''],
	['hgetall', key],
	['hkeys', key],
	['hincrby', key, '', '0'],
	['hmget', key, ''],
	['hmset', key, '', ''],
	['hset', key, '', ''],
	['lindex', key, '0'],
	['llen', key],
	['lpop', key],
	['lpos', key, ''],
	['lpush', key, ''],
	['lrange', key, '0', '0'],
	['lrem', key, '0', ''],
	['lset', key, '0', ''],
	['ltrim', key, '0', '0'],
	['rpoplpush', key, key],
	['rpush', key, ''],
	['sadd', key, ''],
	['scard', key],
	['smembers', key],
	['srem', key, ''],
	['xadd', key, 'NOMKSTREAM', '*', '', ''],
	['xtrim', key, 'MAXLEN', '1'],
	['zadd', key, 'XX', '0', ''],
	['zcard', key],
	['zcount', key, '0', '0'],
	['zpopmin', key],
	['bzpopmin', key, '1'],
	['zrange', key, '0', '0'],
	['zrangebylex', key, '-', '-'],
	['zrangebyscore', key, '0', '0'],
	['zrem', key, ''],
	['zremrangebylex', key, '-', '-'],
	['zremrangebyrank', key, '0', '0'],
	['zremrangebyscore', key, '0', '0'],
	['zrevrange', key, '0', '0'],
	['zrevrangebylex', key, '-', '-'],
	['zrevrangebyscore', key, '0', '0'],
	['zscore', key, ''],
	['eval', 'return 1', '1', key],
	['evalsha', '0'.repeat(40), '1', key],
];

const { events: _events, ...lists } = indexKeys;
const ownKeys = [...Object.values(lists), ...Object.values(stateKeys).map((note) => note('x'))];
const queueKeys = [
	'1',
	'x:lock',
	'meta',
	'id',
	'wait',
	'active',
	'delayed',
	'failed',
	'completed',
	'stalled',
	'limiter',
	'marker',
	'events',
	'de:x',
].map((name) => queueKey('x', name));

const onKeys = (names: readonly string[], on: Probe['on']): readonly Probe[] =>
	names.flatMap((name): readonly Probe[] => [
		{ args: ['exists', name], on },
		{ args: ['del', name], on },
	]);

/** All that is asked; `subscribe` is asked by subscribing, since a connection in a transaction cannot. */
export const probes: readonly Probe[] = [
	...keyCommands.map((args) => ({ args, on: 'keys' as const })),
	...onKeys(ownKeys, 'keys'),
	...onKeys(queueKeys, 'queueKeys'),
	{ args: ['ping'], on: 'nothing' },
	{ args: ['time'], on: 'nothing' },
	{ args: ['info'], on: 'nothing' },
	{ args: ['client', 'setname', ''], on: 'nothing' },
	{ args: ['publish', indexKeys.events, ''], on: 'channel' },
];

export const subscribing: Probe = { args: ['subscribe', indexKeys.events], on: 'channel' };
/** Without these nothing can be asked. */
export const framing: readonly Probe[] = [
	{ args: ['multi'], on: 'nothing' },
	{ args: ['discard'], on: 'nothing' },
];

/** Every command that a user needs, as its name in an ACL. */
export const neededCommands: readonly string[] = [
	...new Set(
		[...framing, ...probes, subscribing].map(({ args: [name, sub] }) =>
			name === 'client' ? `${name}|${sub ?? ''}` : name,
		),
	),
];

export type Answer = Error | undefined;

/** Which of the three Redis spoke of; its words differ between versions. A user may be called anything, so the command is looked for first. */
const refusedPart = (error: Answer): 'command' | 'channel' | 'keys' | undefined => {
	if (error === undefined || !error.message.startsWith('NOPERM')) return undefined;
	if (/ to run the '/.test(error.message)) return 'command';
	return /channel/.test(error.message) ? 'channel' : 'keys';
};

/**
 * What is lacking, by the answers to `asked` in their order. A pattern is told only where Redis refused one: beside `~*` it
 * does not take another, so that nothing may be given that is there. What hides behind a command is told the next time.
 */
export const missingAccessOf = (asked: readonly Probe[], answers: readonly Answer[]): MissingAccess | undefined => {
	const parts = asked.map((probe, index) => ({ probe, part: refusedPart(answers[index]) }));
	const commands = parts
		.filter(({ part }) => part === 'command')
		.map(
			({
				probe: {
					args: [name, sub],
				},
			}) => (name === 'client' ? `${name}|${sub ?? ''}` : name),
		);
	const isMissingAccess = (on: Probe['on'], wanted: 'keys' | 'channel'): boolean =>
		parts.some(({ probe, part }) => probe.on === on && part === wanted);
	const keys = (['keys', 'queueKeys'] as const)
		.filter((on) => isMissingAccess(on, 'keys'))
		.map((on) => keyPatterns[on]);
	const channels = isMissingAccess('channel', 'channel') ? [channelPattern] : [];
	return commands.length + keys.length + channels.length === 0
		? undefined
		: { commands: [...new Set(commands)], keys, channels };
};

/** The command of Redis that gives a user what it lacks; every command where not all could be asked. */
export const aclLine = (user: string, { commands, keys, channels, isPart }: MissingAccess): string =>
	[
		'ACL SETUSER',
		user,
		...keys.map((pattern) => `~${pattern}`),
		...channels.map((pattern) => `&${pattern}`),
		...(isPart === true ? neededCommands : commands).map((name) => `+${name}`),
	].join(' ');
