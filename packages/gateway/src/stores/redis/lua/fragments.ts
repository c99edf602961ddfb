import { endFacets } from '../leadFacets';

/** A script of Redis: its first arguments are so many keys. */
export interface LuaScript {
	readonly numberOfKeys: number;
	readonly lua: string;
}

/** A lead does not wait any more: it leaves the share of its key and of the accounts never verified. */
export const leave = `
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
export const redisTime = `
local time = redis.call('TIME')
local redisMs = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Notes by what a lead is found, in the step that makes it so. What became of it before is noted no more. */
export const noteFacets = `
local function noteFacets(facets, jobKey, given)
	redis.call('ZREM', facets, ${endFacets.map((facet) => `'${facet}:' .. jobKey`).join(', ')})
	local members = {}
	for facet in string.gmatch(given, '[^\\n]+') do
		members[#members + 1] = 0
		members[#members + 1] = facet .. ':' .. jobKey
	end
	redis.call('ZADD', facets, unpack(members))
end`;
