import type { RedisValue } from './luaVm';

interface Values {
	readonly string: string;
	readonly hash: Map<string, string>;
	readonly set: Set<string>;
	readonly zset: Map<string, number>;
	readonly list: string[];
}
type Kind = keyof Values;
type ValueOf<K extends Kind> = Values[K];
type Held = { readonly [K in Kind]: { readonly kind: K; readonly value: Values[K] } }[Kind];

/** What a Redis in memory holds; its clock stands still but where a test moves it. */
export interface Memory {
	readonly held: Map<string, Held & { readonly untilMs: number }>;
	nowMs: number;
	/** What was published, in order. */
	readonly published: (readonly [channel: string, text: string])[];
}

export const replyError = (message: string): Error => Object.assign(new Error(message), { name: 'ReplyError' });

const empty: { readonly [K in Kind]: () => ValueOf<K> } = {
	string: () => '',
	hash: () => new Map(),
	set: () => new Set(),
	zset: () => new Map(),
	list: () => [],
};

/** What is there under a key, as `kind`; undefined where nothing is. Throws as Redis does where it is of another kind. */
const find = <K extends Kind>({ held, nowMs }: Memory, key: string, kind: K): ValueOf<K> | undefined => {
	const found = held.get(key);
	if (found === undefined) return undefined;
	if (found.untilMs <= nowMs) {
		held.delete(key);
		return undefined;
	}
	if (found.kind !== kind) throw replyError('WRONGTYPE Operation against a key holding the wrong kind of value');
	return found.value as Values[K];
};
const make = <K extends Kind>(memory: Memory, key: string, kind: K): ValueOf<K> => {
	const value = find(memory, key, kind) ?? empty[kind]();
	if (memory.held.get(key)?.value !== value)
		memory.held.set(key, { kind, value, untilMs: Number.POSITIVE_INFINITY } as Held & { untilMs: number });
	return value;
};
const drop = (memory: Memory, key: string, isEmpty: boolean): void => {
	if (isEmpty) memory.held.delete(key);
};

const sorted = (values: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
	[...values].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
const isAfter = (member: string, from: string): boolean =>
	from === '-' || (from.startsWith('(') ? member > from.slice(1) : member >= from.slice(1));
const isBefore = (member: string, to: string): boolean =>
	to === '+' || (to.startsWith('(') ? member < to.slice(1) : member <= to.slice(1));
const scoreOf = (text: string): number =>
	text === '+inf' ? Number.POSITIVE_INFINITY : text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text);
/** The part of a list that `LIMIT offset count` at the end of a command leaves. */
const limited = <Item>(items: readonly Item[], args: readonly string[]): readonly Item[] => {
	const at = args.findIndex((arg) => arg.toUpperCase() === 'LIMIT');
	if (at < 0) return items;
	const from = Number(args[at + 1]);
	return items.slice(from, from + Number(args[at + 2]));
};
/** Whether anything is there still. */
const isThere = ({ held, nowMs }: Memory, key: string): boolean => (held.get(key)?.untilMs ?? nowMs) > nowMs;
/** That it is forgotten after so long. */
const expireIn = (memory: Memory, key: string, ms: number): RedisValue => {
	const found = memory.held.get(key);
	if (found === undefined || !isThere(memory, key)) return 0;
	memory.held.set(key, { ...found, untilMs: memory.nowMs + ms });
	return 1;
};
const setWith = (memory: Memory, key: string, value: string, ...options: readonly string[]): RedisValue => {
	if (options.includes('NX') && isThere(memory, key)) return null;
	const at = options.indexOf('PX');
	const untilMs = at < 0 ? Number.POSITIVE_INFINITY : memory.nowMs + Number(options[at + 1]);
	memory.held.set(key, { kind: 'string', value, untilMs });
	return 'OK';
};
const zadd = (memory: Memory, key: string, ...rest: readonly string[]): RedisValue => {
	const options = rest.filter((each) => each === 'NX' || each === 'XX');
	const pairs = rest.slice(options.length);
	const values = make(memory, key, 'zset');
	let added = 0;
	for (let at = 0; at < pairs.length; at += 2) {
		const [score, member] = [Number(pairs[at]), pairs[at + 1] ?? ''];
		const isMember = values.has(member);
		if ((isMember && options.includes('NX')) || (!isMember && options.includes('XX'))) continue;
		if (!isMember) added++;
		values.set(member, score);
	}
	drop(memory, key, values.size === 0);
	return added;
};
const zrange = (memory: Memory, key: string, from: string, to: string, ...options: readonly string[]): RedisValue => {
	const all = sorted(find(memory, key, 'zset') ?? new Map());
	const found = options.includes('BYSCORE')
		? limited(
				all.filter(([, score]) => score >= scoreOf(from) && score <= scoreOf(to)),
				options,
			)
		: all.slice(Number(from), Number(to) < 0 ? all.length + Number(to) + 1 : Number(to) + 1);
	return options.includes('WITHSCORES')
		? found.flatMap(([member, score]) => [member, String(score)])
		: found.map(([member]) => member);
};

type Command = (memory: Memory, key: string, ...args: string[]) => RedisValue;

/** The few commands of Redis that the gateway takes, but for those of BullMQ. */
export const commands: Readonly<Record<string, Command>> = {
	get: (memory, key) => find(memory, key, 'string') ?? null,
	mget: (memory, ...keys) =>
		keys.map((key) => {
			const found = memory.held.get(key);
			return found?.kind === 'string' && found.untilMs > memory.nowMs ? found.value : null;
		}),
	set: (memory, key, value = '', ...options) =>
		setWith(memory, key, value, ...options.map((each) => each.toUpperCase())),
	del: (memory, ...keys) => keys.filter((key) => memory.held.delete(key)).length,
	exists: (memory, ...keys) => keys.filter((key) => isThere(memory, key)).length,
	incr: (memory, key) => {
		const value = Number(find(memory, key, 'string') ?? 0) + 1;
		const untilMs = memory.held.get(key)?.untilMs ?? Number.POSITIVE_INFINITY;
		memory.held.set(key, { kind: 'string', value: String(value), untilMs });
		return value;
	},
	expire: (memory, key, seconds = '') => expireIn(memory, key, 1000 * Number(seconds)),
	pexpire: (memory, key, ms = '') => expireIn(memory, key, Number(ms)),
	pttl: (memory, key) => {
		if (!isThere(memory, key)) return -2;
		const leftMs = (memory.held.get(key)?.untilMs ?? 0) - memory.nowMs;
		return Number.isFinite(leftMs) ? leftMs : -1;
	},
	time: ({ nowMs }) => [String(Math.floor(nowMs / 1000)), String(Math.round((nowMs % 1000) * 1000))],
	publish: ({ published }, channel, text = '') => published.push([channel, text]),
	hget: (memory, key, field = '') => find(memory, key, 'hash')?.get(field) ?? null,
	hset: (memory, key, ...fields) => {
		const values = make(memory, key, 'hash');
		for (let at = 0; at < fields.length; at += 2) values.set(fields[at] ?? '', fields[at + 1] ?? '');
		return fields.length / 2;
	},
	hdel: (memory, key, field = '') => {
		const values = make(memory, key, 'hash');
		const wasThere = values.delete(field);
		drop(memory, key, values.size === 0);
		return wasThere ? 1 : 0;
	},
	hincrby: (memory, key, field = '', by = '0') => {
		const values = make(memory, key, 'hash');
		const value = Number(values.get(field) ?? 0) + Number(by);
		values.set(field, String(value));
		return value;
	},
	hexists: (memory, key, field = '') => (find(memory, key, 'hash')?.has(field) === true ? 1 : 0),
	hkeys: (memory, key) => [...(find(memory, key, 'hash')?.keys() ?? [])],
	sadd: (memory, key, ...members) => {
		const values = make(memory, key, 'set');
		const before = values.size;
		for (const member of members) values.add(member);
		return values.size - before;
	},
	srem: (memory, key, member = '') => {
		const values = find(memory, key, 'set');
		const wasThere = values?.delete(member) === true;
		drop(memory, key, values?.size === 0);
		return wasThere ? 1 : 0;
	},
	smembers: (memory, key) => [...(find(memory, key, 'set') ?? [])],
	scard: (memory, key) => find(memory, key, 'set')?.size ?? 0,
	zadd,
	zrange,
	zrem: (memory, key, ...members) => {
		const values = find(memory, key, 'zset');
		const count = members.filter((member) => values?.delete(member) === true).length;
		drop(memory, key, values?.size === 0);
		return count;
	},
	zcard: (memory, key) => find(memory, key, 'zset')?.size ?? 0,
	zscore: (memory, key, member = '') => {
		const score = find(memory, key, 'zset')?.get(member);
		return score === undefined ? null : String(score);
	},
	zmscore: (memory, key, ...members) => {
		const values = find(memory, key, 'zset');
		return members.map((member) => {
			const score = values?.get(member);
			return score === undefined ? null : String(score);
		});
	},
	zlexcount: (memory, key, from = '', to = '') =>
		[...(find(memory, key, 'zset')?.keys() ?? [])].filter((each) => isAfter(each, from) && isBefore(each, to)).length,
	zcount: (memory, key, from = '', to = '') =>
		[...(find(memory, key, 'zset')?.values() ?? [])].filter((score) => score >= scoreOf(from) && score <= scoreOf(to))
			.length,
	zrangebyscore: (memory, key, from = '', to = '', ...limit) => zrange(memory, key, from, to, 'BYSCORE', ...limit),
	zrevrangebyscore: (memory, key, to = '', from = '', ...limit) =>
		limited([...(zrange(memory, key, from, to, 'BYSCORE') as readonly string[])].reverse(), limit),
	zrangebylex: (memory, key, from = '', to = '', ...limit) =>
		limited(
			[...(find(memory, key, 'zset')?.keys() ?? [])].sort().filter((each) => isAfter(each, from) && isBefore(each, to)),
			limit,
		),
	zrevrangebylex: (memory, key, to = '', from = '', ...limit) =>
		limited(
			[...(find(memory, key, 'zset')?.keys() ?? [])]
				.sort()
				.reverse()
				.filter((each) => isAfter(each, from) && isBefore(each, to)),
			limit,
		),
	zremrangebylex: (memory, key, from = '', to = '') => {
		const values = find(memory, key, 'zset') ?? new Map<string, number>();
		const members = [...values.keys()].filter((each) => isAfter(each, from) && isBefore(each, to));
		for (const member of members) values.delete(member);
		return members.length;
	},
	zremrangebyrank: () => 0,
	lpush: (memory, key, item = '') => make(memory, key, 'list').unshift(item),
	rpush: (memory, key, item = '') => make(memory, key, 'list').push(item),
	rpoplpush: (memory, from, to = '') => {
		const values = find(memory, from, 'list') ?? [];
		const item = values.pop();
		drop(memory, from, values.length === 0);
		if (item === undefined) return null;
		make(memory, to, 'list').unshift(item);
		return item;
	},
	lrange: (memory, key) => [...(find(memory, key, 'list') ?? [])],
	llen: (memory, key) => find(memory, key, 'list')?.length ?? 0,
	lrem: (memory, key, _count = '', item = '') => {
		const values = find(memory, key, 'list') ?? [];
		const at = values.indexOf(item);
		if (at >= 0) values.splice(at, 1);
		drop(memory, key, values.length === 0);
		return at < 0 ? 0 : 1;
	},
};
