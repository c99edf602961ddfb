import type { Redis, Result } from 'ioredis';

/**
 * What BullMQ does in two steps or not at all, in one. `write`: only who holds a job's lock writes its data, and has the
 * lock for a whole turn after that; the books change in the same step.
 */
const write = {
	numberOfKeys: 7,
	lua: `
local lock, job, stalled, open, sending, unconfirmed, ended = unpack(KEYS)
local token, lockMs, id, whole, data, move, channel, news = unpack(ARGV)
if redis.call('GET', lock) ~= token then return 0 end
redis.call('SET', lock, token, 'PX', lockMs)
redis.call('SREM', stalled, id)
redis.call('HSET', job, 'data', data)
if move == 'left' then
	redis.call('SADD', sending, whole)
	return 1
end
redis.call('SREM', sending, whole)
if move == 'back' then return 1 end
redis.call('ZREM', open, whole)
redis.call('ZREM', unconfirmed, whole)
redis.call('ZREM', ended, whole)
redis.call('ZADD', move == 'unconfirmed' and unconfirmed or ended, 0, whole)
redis.call('PUBLISH', channel, news)
return 1`,
};

/** A lead that nobody sends is over by a person's word, if it still is as that person saw it: `was`. */
const settle = {
	numberOfKeys: 9,
	lua: `
local lock, job, failed, completed, wait, delayed, open, unconfirmed, ended = unpack(KEYS)
local id, whole, was, data, nowMs, mayWait, channel, news = unpack(ARGV)
if redis.call('EXISTS', lock) == 1 or redis.call('HGET', job, 'data') ~= was then return 0 end
local isThere = redis.call('ZREM', failed, id) == 1
if not isThere and mayWait == '1' then isThere = redis.call('LREM', wait, 1, id) > 0 or redis.call('ZREM', delayed, id) == 1 end
if not isThere then return 0 end
redis.call('HSET', job, 'data', data, 'finishedOn', nowMs)
redis.call('ZADD', completed, nowMs, id)
redis.call('ZREM', open, whole)
redis.call('ZREM', unconfirmed, whole)
redis.call('ZADD', ended, 0, whole)
redis.call('PUBLISH', channel, news)
return 1`,
};

/** Makes a lead that is over ready to be sent once more; says from which of BullMQ's sets it is to be taken. */
const reopen = {
	numberOfKeys: 6,
	lua: `
local job, failed, completed, open, unconfirmed, ended = unpack(KEYS)
local id, whole, was, data = unpack(ARGV)
if redis.call('HGET', job, 'data') ~= was then return '' end
local from = redis.call('ZSCORE', failed, id) and 'failed' or redis.call('ZSCORE', completed, id) and 'completed' or ''
if from == '' then return '' end
redis.call('HSET', job, 'data', data)
redis.call('ZREM', unconfirmed, whole)
redis.call('ZREM', ended, whole)
redis.call('ZADD', open, 0, whole)
return from`,
};

/** Writes the data of a lead that nobody sends, if it still is what was read. */
const change = {
	numberOfKeys: 2,
	lua: `
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('HGET', KEYS[2], 'data') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], 'data', ARGV[2])
return 1`,
};

const commands = { gatewayWrite: write, gatewaySettle: settle, gatewayReopen: reopen, gatewayChange: change } as const;

declare module 'ioredis' {
	interface RedisCommander<Context> {
		gatewayWrite: (...args: string[]) => Result<number, Context>;
		gatewaySettle: (...args: string[]) => Result<number, Context>;
		gatewayReopen: (...args: string[]) => Result<string, Context>;
		gatewayChange: (...args: string[]) => Result<number, Context>;
	}
}

export const defineScripts = (redis: Redis): Redis => {
	for (const [name, command] of Object.entries(commands)) redis.defineCommand(name, command);
	return redis;
};
