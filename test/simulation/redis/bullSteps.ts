import type { Call, RedisValue } from '../../gateway/redis/luaVm';

/** What a queue of BullMQ does in one step of Redis each: as much of it as the gateway uses. Negative numbers are its errors. */
export interface BullSteps {
	readonly add: (job: NewJob) => string;
	readonly moveToActive: (token: string, lockMs: number, nowMs: number) => Taken;
	readonly finish: (id: string, token: string, to: 'completed' | 'failed', nowMs: number) => number;
	readonly moveToDelayed: (id: string, token: string, delayMs: number, nowMs: number) => number;
	readonly moveToWait: (id: string, token: string) => number;
	/** Takes back from workers that gave no sign of life since the look before this one; gives which jobs. */
	readonly moveStalled: (nowMs: number, everyMs: number) => readonly string[];
	readonly extendLock: (id: string, token: string, lockMs: number) => boolean;
	readonly promote: (id: string) => number;
	readonly promoteAll: () => void;
	readonly retry: (id: string, from: 'completed' | 'failed') => number;
	readonly clean: (beforeMs: number, limit: number) => readonly string[];
	readonly rateLimit: (ms: number) => void;
	readonly removeRateLimit: () => void;
	readonly setMeta: (name: 'concurrency' | 'max' | 'duration', value: number) => void;
	readonly deduplicationJobId: (deduplicationId: string) => string | undefined;
	readonly removeDeduplicationKey: (deduplicationId: string, id: string) => boolean;
	readonly dataOf: (id: string) => string | undefined;
}

export interface NewJob {
	readonly id: string;
	readonly data: string;
	readonly deduplication?: { readonly id: string; readonly ttl: number } | undefined;
	readonly nowMs: number;
}

/** A job, or how long the limit lasts still, or when the next delayed one is due; nothing of it: none is there. */
export interface Taken {
	readonly id?: string;
	readonly limitedMs: number;
	readonly dueAtMs: number;
}

/** BullMQ's codes: no such job, its lock is not there, it is not where it was to be taken from, its lock is another's. */
const noJob = -1;
const noLock = -2;
const notInState = -3;
const otherLock = -6;

const steps = 0x1000;
const none: Taken = { limitedMs: 0, dueAtMs: 0 };

/** `call`: one command of Redis. `prefix`: before each key of the queue. */
export const createBullSteps = (call: Call, prefix: string): BullSteps => {
	const key = (name: string): string => `${prefix}:${name}`;
	const number = (value: RedisValue): number => Number(value ?? 0);
	const list = (value: RedisValue): readonly string[] => (Array.isArray(value) ? value : []).map(String);
	const exists = (name: string): boolean => call('exists', name) === 1;
	const isMaxed = (): boolean => {
		const most = call('hget', key('meta'), 'concurrency');
		return most !== null && number(call('llen', key('active'))) >= number(most);
	};
	/** How long the limit lasts still; 0: it does not. */
	const limitedMs = (most: number | undefined): number => {
		if (most === undefined || most > number(call('get', key('limiter')))) return 0;
		return Math.max(0, number(call('pttl', key('limiter'))));
	};
	const promoteDue = (nowMs: number): void => {
		const due = list(call('zrangebyscore', key('delayed'), '0', String((nowMs + 1) * steps - 1), 'LIMIT', '0', '1000'));
		for (const id of due) {
			call('zrem', key('delayed'), id);
			call('lpush', key('wait'), id);
			call('hset', key(id), 'delay', '0');
		}
	};
	/** Gives a lock back. */
	const unlock = (id: string, token: string): number => {
		const lock = call('get', key(`${id}:lock`));
		if (lock === null) return noLock;
		if (lock !== token) return otherLock;
		call('del', key(`${id}:lock`));
		call('srem', key('stalled'), id);
		return 0;
	};
	const leaveActive = (id: string, token: string): number => {
		if (!exists(key(id))) return noJob;
		const code = unlock(id, token);
		if (code < 0) return code;
		return number(call('lrem', key('active'), '-1', id)) < 1 ? notInState : 0;
	};
	const deduplicated = ({ id, deduplication }: NewJob): string | undefined => {
		if (deduplication === undefined) return undefined;
		const name = key(`de:${deduplication.id}`);
		const isNew = call('set', name, id, 'PX', String(deduplication.ttl), 'NX') !== null;
		return isNew ? undefined : String(call('get', name));
	};
	return {
		add: (job) => {
			const { id, data, deduplication, nowMs } = job;
			call('incr', key('id'));
			if (exists(key(id))) return id;
			const before = deduplicated(job);
			if (before !== undefined) return before;
			const deid = deduplication === undefined ? [] : ['deid', deduplication.id];
			call('hset', key(id), 'name', 'lead', 'data', data, 'timestamp', String(nowMs), 'delay', '0', ...deid);
			call('lpush', key('wait'), id);
			return id;
		},
		moveToActive: (token, lockMs, nowMs) => {
			const max = call('hget', key('meta'), 'max');
			const isFull = isMaxed();
			promoteDue(nowMs);
			const most = max === null ? undefined : number(max);
			const leftMs = limitedMs(most);
			if (leftMs > 0) return { ...none, limitedMs: leftMs };
			if (isFull) return none;
			const id = call('rpoplpush', key('wait'), key('active'));
			if (typeof id !== 'string') {
				const [, due] = list(call('zrange', key('delayed'), '0', '0', 'WITHSCORES'));
				return due === undefined ? none : { ...none, dueAtMs: Math.floor(Number(due) / steps) };
			}
			if (most !== undefined && call('incr', key('limiter')) === 1)
				call('pexpire', key('limiter'), String(Math.floor(number(call('hget', key('meta'), 'duration')))));
			call('set', key(`${id}:lock`), token, 'PX', String(lockMs));
			call('hset', key(id), 'processedOn', String(nowMs));
			call('hincrby', key(id), 'ats', '1');
			return { ...none, id };
		},
		finish: (id, token, to, nowMs) => {
			const code = leaveActive(id, token);
			if (code < 0) return code;
			call('zadd', key(to), String(nowMs), id);
			call('hset', key(id), 'finishedOn', String(nowMs));
			return 0;
		},
		moveToDelayed: (id, token, delayMs, nowMs) => {
			const code = leaveActive(id, token);
			if (code < 0) return code;
			const dueAtMs = nowMs + Math.max(0, delayMs);
			const same = list(
				call('zrangebyscore', key('delayed'), String(dueAtMs * steps), String((dueAtMs + 1) * steps - 1)),
			);
			call('hset', key(id), 'delay', String(delayMs));
			call('zadd', key('delayed'), String(dueAtMs * steps + Math.min(same.length, steps - 1)), id);
			return 0;
		},
		moveToWait: (id, token) => {
			if (!exists(key(id))) return noJob;
			const code = unlock(id, token);
			if (code < 0) return code;
			if (number(call('lrem', key('active'), '1', id)) > 0) call('rpush', key('wait'), id);
			return Math.max(0, number(call('pttl', key('limiter'))));
		},
		moveStalled: (nowMs, everyMs) => {
			if (exists(key('stalled-check'))) return [];
			call('set', key('stalled-check'), String(nowMs), 'PX', String(everyMs));
			const stalling = list(call('smembers', key('stalled')));
			call('del', key('stalled'));
			const stalled = stalling.filter(
				(id) => !exists(key(`${id}:lock`)) && number(call('lrem', key('active'), '1', id)) > 0,
			);
			for (const id of stalled) {
				call('hincrby', key(id), 'stc', '1');
				call('rpush', key('wait'), id);
			}
			const active = list(call('lrange', key('active'), '0', '-1'));
			if (active.length > 0) call('sadd', key('stalled'), ...active);
			return stalled;
		},
		extendLock: (id, token, lockMs) => {
			if (call('get', key(`${id}:lock`)) !== token) return false;
			call('set', key(`${id}:lock`), token, 'PX', String(lockMs));
			call('srem', key('stalled'), id);
			return true;
		},
		promote: (id) => {
			if (call('zrem', key('delayed'), id) !== 1) return notInState;
			call('lpush', key('wait'), id);
			call('hset', key(id), 'delay', '0');
			return 0;
		},
		promoteAll: () => {
			for (const id of list(call('zrange', key('delayed'), '0', '-1'))) {
				call('zrem', key('delayed'), id);
				call('lpush', key('wait'), id);
			}
		},
		retry: (id, from) => {
			if (!exists(key(id))) return noJob;
			if (call('zrem', key(from), id) !== 1) return notInState;
			call('hdel', key(id), 'finishedOn');
			call('lpush', key('wait'), id);
			return 1;
		},
		clean: (beforeMs, limit) => {
			const all = list(call('zrangebyscore', key('completed'), '-inf', String(beforeMs), 'LIMIT', '0', String(limit)));
			for (const id of all) {
				const deid = call('hget', key(id), 'deid');
				const name = key(`de:${String(deid)}`);
				if (deid !== null && call('get', name) === id) call('del', name);
				call('del', key(id));
				call('zrem', key('completed'), id);
			}
			return all;
		},
		rateLimit: (ms) => {
			call('set', key('limiter'), String(Number.MAX_SAFE_INTEGER), 'PX', String(ms));
		},
		removeRateLimit: () => {
			call('del', key('limiter'));
		},
		setMeta: (name, value) => {
			call('hset', key('meta'), name, String(value));
		},
		deduplicationJobId: (deduplicationId) => {
			const id = call('get', key(`de:${deduplicationId}`));
			return typeof id === 'string' ? id : undefined;
		},
		removeDeduplicationKey: (deduplicationId, id) => {
			const name = key(`de:${deduplicationId}`);
			return call('get', name) === id && call('del', name) === 1;
		},
		dataOf: (id) => {
			const data = call('hget', key(id), 'data');
			return typeof data === 'string' ? data : undefined;
		},
	};
};
