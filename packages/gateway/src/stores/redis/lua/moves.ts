import { leave, type LuaScript, noteFacets, redisTime } from './fragments';

/**
 * What BullMQ does in two steps or not at all, in one. `write`: only who holds a job's lock writes its data, and has the
 * lock for a whole turn after that; the indexes change in the same step. A lead that leaves is counted, and does not where
 * this is an older copy of what the gateway knows: -1.
 */
export const write: LuaScript = {
	numberOfKeys: 12,
	lua: `${leave}${noteFacets}
local lock, job, stalled, open, sending, unconfirmed, ended, unverified, shares, epoch, sentCount, facets = unpack(KEYS)
local token, lockMs, id, jobKey, data, move, channel, event, knownEpoch, knownCount, given = unpack(ARGV)
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
noteFacets(facets, jobKey, given)
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
	numberOfKeys: 12,
	lua: `${leave}${noteFacets}
local lock, job, failed, completed, wait, delayed, open, unconfirmed, ended, unverified, shares, facets = unpack(KEYS)
local id, jobKey, was, data, nowMs, mayWait, channel, event, given = unpack(ARGV)
if redis.call('EXISTS', lock) == 1 or redis.call('HGET', job, 'data') ~= was then return 0 end
local isThere = redis.call('ZREM', failed, id) == 1
if not isThere and mayWait == '1' then isThere = redis.call('LREM', wait, 1, id) > 0 or redis.call('ZREM', delayed, id) == 1 end
if not isThere then return 0 end
redis.call('HSET', job, 'data', data, 'finishedOn', nowMs)
redis.call('ZADD', completed, nowMs, id)
leave(open, unverified, shares, jobKey)
redis.call('ZREM', unconfirmed, jobKey)
redis.call('ZADD', ended, 0, jobKey)
noteFacets(facets, jobKey, given)
redis.call('PUBLISH', channel, event)
return 1`,
};

/** Makes a lead that is over ready to be sent once more; says from which of BullMQ's sets it is to be taken. */
export const reopen: LuaScript = {
	numberOfKeys: 11,
	lua: `${leave}${noteFacets}${redisTime}
local job, failed, completed, open, unconfirmed, ended, unverified, shares, verified, trials, facets = unpack(KEYS)
local id, jobKey, was, data, account, nowMs, given = unpack(ARGV)
if redis.call('HGET', job, 'data') ~= was then return '' end
local from = redis.call('ZSCORE', failed, id) and 'failed' or redis.call('ZSCORE', completed, id) and 'completed' or ''
if from == '' then return '' end
redis.call('HSET', job, 'data', data)
redis.call('ZREM', unconfirmed, jobKey)
redis.call('ZREM', ended, jobKey)
enter(open, shares, jobKey)
noteFacets(facets, jobKey, given)
local group = string.match(account, '^[^.]*')
if not redis.call('ZSCORE', verified, account) then redis.call('ZADD', unverified, nowMs, jobKey) end
if not redis.call('ZSCORE', verified, group) then redis.call('ZADD', trials, redisMs, group) end
return from`,
};

/** Writes the data of a lead that nobody sends, if it still is what was read. */
export const change: LuaScript = {
	numberOfKeys: 3,
	lua: `${noteFacets}
local lock, job, facets = unpack(KEYS)
local was, data, jobKey, given = unpack(ARGV)
if redis.call('EXISTS', lock) == 1 or redis.call('HGET', job, 'data') ~= was then return 0 end
redis.call('HSET', job, 'data', data)
noteFacets(facets, jobKey, given)
return 1`,
};

/** Notes by what a lead is found, if it still is what was read. */
export const note: LuaScript = {
	numberOfKeys: 2,
	lua: `${noteFacets}
local job, facets = unpack(KEYS)
local was, jobKey, given = unpack(ARGV)
if redis.call('HGET', job, 'data') ~= was then return 0 end
noteFacets(facets, jobKey, given)
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
