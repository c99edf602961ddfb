import type { Redis, Result } from 'ioredis';

/** A lead does not wait any more: it leaves the share of its key and of the accounts never verified. */
const leave = `
local function leave(open, unverified, shares, jobKey)
	redis.call('ZREM', unverified, jobKey)
	if redis.call('ZREM', open, jobKey) == 0 then return end
	local group = string.match(jobKey, '~([^.]*)')
	if redis.call('HINCRBY', shares, group, -1) <= 0 then redis.call('HDEL', shares, group) end
end
local function enter(open, shares, jobKey)
	if redis.call('ZADD', open, 0, jobKey) == 1 then redis.call('HINCRBY', shares, string.match(jobKey, '~([^.]*)'), 1) end
end`;

/** The rule of `roomFor`, where nobody comes in between; a test compares the two. */
export const roomScript = `
local function roomFor(most, all, ofKey, ofUnverified, isUnverified, mostUnverified)
	if all >= most then return 'full' end
	if isUnverified and ofKey >= mostUnverified - ofUnverified then
		if ofUnverified >= mostUnverified or ofKey == 0 then return 'unverifiedFull' end
		return 'keyFull'
	end
	if ofKey < most - all then return 'room' end
	return 'keyFull'
end`;

/** The time of Redis, in ms since 1970: the clocks of gateways may be set at any time, and each is its own. */
const redisTime = `
local time = redis.call('TIME')
local redisMs = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Takes a place for a lead in the queue, or says what is full. Its first lead dates an account. */
const reserve = {
	numberOfKeys: 7,
	lua: `${leave}${roomScript}${redisTime}
local open, unverified, shares, verified, groups, first, trials = unpack(KEYS)
local jobKey, account, group, most, mostUnverified, nowMs, firstSeconds, firstUnverifiedSeconds = unpack(ARGV)
local isUnverified = not redis.call('ZSCORE', verified, account)
local ofKey = tonumber(redis.call('HGET', shares, group) or '0')
local room = roomFor(tonumber(most), redis.call('ZCARD', open), ofKey, redis.call('ZCARD', unverified), isUnverified, tonumber(mostUnverified))
if room ~= 'room' then return room end
enter(open, shares, jobKey)
redis.call('SADD', groups, group)
redis.call('SET', first, jobKey, 'NX')
redis.call('EXPIRE', first, isUnverified and firstUnverifiedSeconds or firstSeconds)
if isUnverified then redis.call('ZADD', unverified, nowMs, jobKey) end
if not redis.call('ZSCORE', verified, group) then redis.call('ZADD', trials, 'NX', redisMs, group) end
return room`,
};

const release = {
	numberOfKeys: 3,
	lua: `${leave}
leave(KEYS[1], KEYS[2], KEYS[3], ARGV[1])
return 1`,
};

/** Counts anew where nothing is counted yet: an earlier version did not. */
const recount = {
	numberOfKeys: 2,
	lua: `
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
for _, jobKey in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('HINCRBY', KEYS[2], string.match(jobKey, '~([^.]*)'), 1) end
return 1`,
};

/** Gives the key whose turn to be tried it is to one gateway, for so many ms to no other. */
const claim = {
	numberOfKeys: 1,
	lua: `${redisTime}
local group = redis.call('ZRANGE', KEYS[1], '-inf', redisMs, 'BYSCORE', 'LIMIT', 0, 1)[1]
if not group then return '' end
redis.call('ZADD', KEYS[1], redisMs + ARGV[1], group)
return group`,
};

/** A key was tried: in how many ms it is to be tried again, or that nothing of it waits. A lead may have come just now. */
const tried = {
	numberOfKeys: 2,
	lua: `${redisTime}
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return redis.call('ZREM', KEYS[1], ARGV[1]) end
return redis.call('ZADD', KEYS[1], 'XX', redisMs + ARGV[2], ARGV[1])`,
};

/**
 * What BullMQ does in two steps or not at all, in one. `write`: only who holds a job's lock writes its data, and has the
 * lock for a whole turn after that; the indexes change in the same step.
 */
const write = {
	numberOfKeys: 9,
	lua: `${leave}
local lock, job, stalled, open, sending, unconfirmed, ended, unverified, shares = unpack(KEYS)
local token, lockMs, id, jobKey, data, move, channel, event = unpack(ARGV)
if redis.call('GET', lock) ~= token then return 0 end
redis.call('SET', lock, token, 'PX', lockMs)
redis.call('SREM', stalled, id)
redis.call('HSET', job, 'data', data)
if move == 'left' then
	redis.call('SADD', sending, jobKey)
	return 1
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
const settle = {
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
const reopen = {
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
const change = {
	numberOfKeys: 2,
	lua: `
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('HGET', KEYS[2], 'data') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], 'data', ARGV[2])
return 1`,
};

const commands = {
	gatewayWrite: write,
	gatewaySettle: settle,
	gatewayReopen: reopen,
	gatewayChange: change,
	gatewayReserve: reserve,
	gatewayRelease: release,
	gatewayRecount: recount,
	gatewayClaim: claim,
	gatewayTried: tried,
} as const;

declare module 'ioredis' {
	interface RedisCommander<Context> {
		gatewayWrite: (...args: string[]) => Result<number, Context>;
		gatewaySettle: (...args: string[]) => Result<number, Context>;
		gatewayReopen: (...args: string[]) => Result<string, Context>;
		gatewayChange: (...args: string[]) => Result<number, Context>;
		gatewayReserve: (...args: string[]) => Result<string, Context>;
		gatewayRelease: (...args: string[]) => Result<number, Context>;
		gatewayRecount: (...args: string[]) => Result<number, Context>;
		gatewayTried: (...args: string[]) => Result<number, Context>;
		gatewayClaim: (...args: string[]) => Result<string, Context>;
	}
}

export const defineScripts = (redis: Redis): Redis => {
	for (const [name, command] of Object.entries(commands)) redis.defineCommand(name, command);
	return redis;
};
