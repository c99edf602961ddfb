import { indexKeys, stateKeys, queueKey, queuePrefix } from './redisKeys';

/** A command that asks Redis whether this user may do something. It is queued in a transaction that is thrown away. */
export interface Probe {
	readonly args: readonly [command: string, ...args: string[]];
	/** What whoever runs Redis would have to give where Redis refuses: besides the command, the keys or the channel it is about. */
	readonly on: 'keys' | 'queueKeys' | 'channel' | 'nothing';
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
	['zlexcount', key, '-', '-'],
	['zmscore', key, ''],
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
