import { leave, type LuaScript, noteFacets, redisTime, roomScript } from './fragments';

/** Takes a place for a lead in the queue, or says what is full. Its first lead dates an account. */
export const reserve: LuaScript = {
	numberOfKeys: 8,
	lua: `${leave}${noteFacets}${roomScript}${redisTime}
local open, unverified, shares, verified, groups, first, trials, facets = unpack(KEYS)
local jobKey, account, group, most, mostUnverified, nowMs, firstSeconds, firstUnverifiedSeconds, given = unpack(ARGV)
local isUnverified = not redis.call('ZSCORE', verified, account)
local ofKey = tonumber(redis.call('HGET', shares, group) or '0')
local room = roomFor(tonumber(most), redis.call('ZCARD', open), ofKey, redis.call('ZCARD', unverified), isUnverified, tonumber(mostUnverified))
if room ~= 'room' then return room end
enter(open, shares, jobKey)
noteFacets(facets, jobKey, given)
redis.call('SADD', groups, group)
redis.call('SET', first, jobKey, 'NX')
redis.call('EXPIRE', first, isUnverified and firstUnverifiedSeconds or firstSeconds)
if isUnverified then redis.call('ZADD', unverified, nowMs, jobKey) end
if not redis.call('ZSCORE', verified, group) then redis.call('ZADD', trials, 'NX', redisMs, group) end
return room`,
};

/** Gives a place back; of a lead that is kept nowhere what it would be found by is told, so that it is forgotten too. */
export const release: LuaScript = {
	numberOfKeys: 4,
	lua: `${leave}
local open, unverified, shares, facets = unpack(KEYS)
local jobKey, given = unpack(ARGV)
leave(open, unverified, shares, jobKey)
for facet in string.gmatch(given, '[^\\n]+') do redis.call('ZREM', facets, facet .. ':' .. jobKey) end
return 1`,
};

/** Counts anew where nothing is counted yet: an earlier version did not. */
export const recount: LuaScript = {
	numberOfKeys: 2,
	lua: `
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
for _, jobKey in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('HINCRBY', KEYS[2], string.match(jobKey, '~([^.]*)'), 1) end
return 1`,
};
