import { type LuaScript, redisTime } from './fragments';

/** Gives the key whose turn to be tried it is to one gateway, for so many ms to no other. */
export const claim: LuaScript = {
	numberOfKeys: 1,
	lua: `${redisTime}
local group = redis.call('ZRANGE', KEYS[1], '-inf', redisMs, 'BYSCORE', 'LIMIT', 0, 1)[1]
if not group then return '' end
redis.call('ZADD', KEYS[1], redisMs + ARGV[1], group)
return group`,
};

/** A key was tried: in how many ms it is to be tried again, or that nothing of it waits. A lead may have come just now. */
export const tried: LuaScript = {
	numberOfKeys: 2,
	lua: `${redisTime}
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return redis.call('ZREM', KEYS[1], ARGV[1]) end
return redis.call('ZADD', KEYS[1], 'XX', redisMs + ARGV[2], ARGV[1])`,
};
