import { leave, type LuaScript, redisTime } from './fragments';

/**
 * What BullMQ does in two steps or not at all, in one. `write`: only who holds a job's lock writes its data, and has the
 * lock for a whole turn after that; the indexes change in the same step. A lead that leaves is counted, and does not where
 * this is an older copy of what the gateway knows: -1.
 */
export const write: LuaScript = {
	numberOfKeys: 11,
	lua: `${leave}
local lock, job, stalled, open, sending, unconfirmed, ended, unverified, shares, epoch, sentCount = unpack(KEYS)
local token, lockMs, id, jobKey, data, move, channel, event, knownEpoch, knownCount = unpack(ARGV)
if redis.call('GET', lock) ~= token then return 0 end
if move == 'left' and knownEpoch ~= '' then
	local isOlder = tonumber(redis.call('GET', sentCount) or '0') < tonumber(knownCount)
	if isOlder or redis.call('GET', epoch) ~= knownEpoch then return -1 end
end
redis.call('SET', lock, token, 'PX', lockMs)
redis.call('SREM', stalled, id)
redis.call('HSET', job, 'data', data)
if move == 'left' then
	redis.call('SADD', sending, jobKey)
	return redis.call('INCR', sentCount)
end
redis.call('SREM', sending, jobKey)
if move == 'back' then return 1 end
leave(open, unverified, shares, jobKey)
redis.call('ZREM', unconfirmed, jobKey)
redis.call('ZREM', ended, jobKey)
redis.call('ZADD', move == 'unconfirmed' and unconfirmed or ended, 0, jobKey)
redis.call('PUBLISH', channel, event)
return 1`,
};

/** A lead that nobody sends is over by a person's word, if it still is as that person saw it: `was`. */
export const settle: LuaScript = {
	numberOfKeys: 11,
	lua: `${leave}
local lock, job, failed, completed, wait, delayed, open, unconfirmed, ended, unverified, shares = unpack(KEYS)
local id, jobKey, was, data, nowMs, mayWait, channel, event = unpack(ARGV)
if redis.call('EXISTS', lock) == 1 or redis.call('HGET', job, 'data') ~= was then return 0 end
local isThere = redis.call('ZREM', failed, id) == 1
if not isThere and mayWait == '1' then isThere = redis.call('LREM', wait, 1, id) > 0 or redis.call('ZREM', delayed, id) == 1 end
if not isThere then return 0 end
redis.call('HSET', job, 'data', data, 'finishedOn', nowMs)
redis.call('ZADD', completed, nowMs, id)
leave(open, unverified, shares, jobKey)
redis.call('ZREM', unconfirmed, jobKey)
redis.call('ZADD', ended, 0, jobKey)
redis.call('PUBLISH', channel, event)
return 1`,
};

/** Makes a lead that is over ready to be sent once more; says from which of BullMQ's sets it is to be taken. */
export const reopen: LuaScript = {
	numberOfKeys: 10,
	lua: `${leave}${redisTime}
local job, failed, completed, open, unconfirmed, ended, unverified, shares, verified, trials = unpack(KEYS)
local id, jobKey, was, data, account, nowMs = unpack(ARGV)
if redis.call('HGET', job, 'data') ~= was then return '' end
local from = redis.call('ZSCORE', failed, id) and 'failed' or redis.call('ZSCORE', completed, id) and 'completed' or ''
if from == '' then return '' end
redis.call('HSET', job, 'data', data)
redis.call('ZREM', unconfirmed, jobKey)
redis.call('ZREM', ended, jobKey)
enter(open, shares, jobKey)
local group = string.match(account, '^[^.]*')
if not redis.call('ZSCORE', verified, account) then redis.call('ZADD', unverified, nowMs, jobKey) end
if not redis.call('ZSCORE', verified, group) then redis.call('ZADD', trials, redisMs, group) end
return from`,
};

/** Writes the data of a lead that nobody sends, if it still is what was read. */
export const change: LuaScript = {
	numberOfKeys: 2,
	lua: `
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('HGET', KEYS[2], 'data') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], 'data', ARGV[2])
return 1`,
};

/** Writes a text if it still is what was read. */
export const replace: LuaScript = {
	numberOfKeys: 1,
	lua: `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`,
};
