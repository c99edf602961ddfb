import { change, endUnsent, reopen } from '../../../packages/gateway/src/stores/redis/ledgerUnsent';
import { indexState, keysWith, valuesOf } from '../../../packages/gateway/src/stores/redis/facetIndex';
import { createFacetKeeper } from '../../../packages/gateway/src/stores/redis/facetKeeper';
import { endedWith, reopened } from '../../../packages/gateway/src/stores/redis/jobData';
import { facetsOf, memberOf, phoneFacet } from '../../../packages/gateway/src/stores/redis/leadFacets';
import { createLeadList } from '../../../packages/gateway/src/stores/redis/leadRows';
import { markEnded, markWaiting } from '../../../packages/gateway/src/stores/redis/ledger';
import { maintain } from '../../../packages/gateway/src/stores/redis/maintenance';
import { mendFacets } from '../../../packages/gateway/src/stores/redis/mendFacets';
import { indexKeys, jobKey, queueKey } from '../../../packages/gateway/src/stores/redis/redisKeys';
import type { LeadRecord } from '../../../packages/gateway/src/stores/redis/schema/lead';
import { release, reserve } from '../../../packages/gateway/src/stores/redis/admission';
import type { LeadFilter } from '../../../packages/outbox/src/view/filter';
import { outcomeOf } from '../../../packages/core/src';
import { account, created, idOf, lead, nowMs, openStand, recordOf, refused, type Stand, unconfirmed } from './stand';

const dayMs = 86_400_000;
const id = idOf();
const locked = { id, account, token: 'mine' };
const withSource = (leadSource: string): LeadRecord => recordOf({ lead: { ...lead, leadSource } });
const facetsIn = (stand: Stand, number = 1): readonly string[] =>
	(stand.call('zrange', indexKeys.facets, 0, -1) as readonly string[])
		.filter((member) => member.endsWith(jobKey(account, idOf(number))))
		.map((member) => member.slice(0, -jobKey(account, idOf(number)).length - 1));
/** As an earlier version left it: in its list, and noted nowhere else. */
const keeper = (stand: Stand) =>
	createFacetKeeper({
		redis: stand.redis,
		jobs: stand.jobs,
		sleep: async () => await Promise.resolve(),
		isClosed: () => false,
	});
const listOf = (stand: Stand) =>
	createLeadList({
		redis: stand.redis,
		jobs: stand.jobs,
		unread: stand.unread,
		holdReasonOf: async (accountId) => await Promise.resolve(accountId === account.id ? 'key' : undefined),
	});

test.each<[name: string, record: LeadRecord, facets: readonly string[]]>([
	['one that waits', recordOf(), ['g:organization', 'p:1234568']],
	[
		'its source, in any language',
		withSource('إعلان: a'),
		['g:organization', 's:%D8%A5%D8%B9%D9%84%D8%A7%D9%86%3A%20a', 'p:1234568'],
	],
	['what became of it', endedWith(recordOf(), created, nowMs), ['g:organization', 'o:created', 'p:1234568']],
	[
		'what a person said counts before',
		recordOf({ outcome: unconfirmed, resolved: 'arrived' }),
		['g:organization', 'o:arrived', 'p:1234568'],
	],
	[
		'and that it was corrected before that',
		recordOf({ outcome: created, correctedBy: 'x' }),
		['g:organization', 'o:corrected', 'p:1234568'],
	],
])('by what a lead is found: %s', (_name, record, facets) => {
	expect(facetsOf(account, record)).toEqual(facets);
});

test.each(['+20 100 123 4567', '00201001234567', '01001234567'])('a whole phone however it is written: %s', (text) => {
	expect(phoneFacet(text)).toBe('p:1234568');
});
test.each(['mona', '1234', '1800000000000-0123456789abcdef'])('what is no whole phone: %s', (text) => {
	expect(phoneFacet(text)).toBeUndefined();
});

describe('in the step that makes it so', () => {
	const limits = { maxWaiting: 40, unverifiedForMs: 3_600_000 };
	test('a lead is found from when it has its place, and not where it was not kept', async () => {
		const stand = openStand();
		const given = { key: jobKey(account, id), facets: facetsOf(account, withSource('Google')) };
		expect(await reserve(stand.redis, account, given, limits, nowMs)).toBe('room');
		expect(facetsIn(stand)).toEqual(['g:organization', 'p:1234568', 's:Google']);
		await release(stand.redis, given.key, given.facets);
		expect(facetsIn(stand)).toEqual([]);
	});

	test('what became of it last is all that it is found by', async () => {
		const stand = openStand();
		stand.put(id, recordOf(), { bull: 'active', lock: 'mine' });
		await markWaiting(stand.redis, locked, recordOf({ outcome: refused }));
		expect(facetsIn(stand)).toEqual(['g:organization', 'o:unauthorized', 'p:1234568']);
		await markEnded(stand.redis, locked, endedWith(recordOf(), unconfirmed, nowMs));
		expect(facetsIn(stand)).toEqual(['g:organization', 'o:unconfirmed', 'p:1234568']);
		stand.call('del', queueKey('key', `${id}:lock`), queueKey('key', 'active'));
		stand.call('zadd', queueKey('key', 'failed'), 0, id);
		const told = { ...(await stand.read(id)).record, resolved: 'arrived' as const };
		expect(await endUnsent(stand.redis, await stand.read(id), told, nowMs, false)).toBe(true);
		expect(facetsIn(stand)).toEqual(['g:organization', 'o:arrived', 'p:1234568']);
		await change(stand.redis, await stand.read(id), { ...(await stand.read(id)).record, correctedBy: 'x' });
		expect(facetsIn(stand)).toEqual(['g:organization', 'o:corrected', 'p:1234568']);
		await reopen(stand.redis, await stand.read(id), reopened(recordOf({ outcome: unconfirmed }), nowMs), nowMs);
		expect(facetsIn(stand)).toEqual(['g:organization', 'o:unconfirmed', 'p:1234568']);
	});

	test('nothing is noted where another has the lock by now', async () => {
		const stand = openStand();
		stand.put(id, recordOf(), { bull: 'active', lock: 'another' });
		await markEnded(stand.redis, locked, endedWith(recordOf(), created, nowMs));
		expect(facetsIn(stand)).toEqual([]);
	});
});

describe('leads of an earlier version', () => {
	const stand = openStand();
	const ended = (number: number, changed: Partial<LeadRecord>): void =>
		void stand.put(idOf(number), recordOf({ outcome: created, endedAtMs: nowMs, ...changed }), {
			bull: 'completed',
			index: 'ended',
		});
	for (let number = 1; number <= 250; number++)
		ended(number, { lead: { ...lead, leadSource: number % 10 === 0 ? 'Google' : 'Facebook' } });
	ended(251, { outcome: outcomeOf({ outcome: 'invalid', cause: { kind: 'apiCheck' } }) });
	stand.put(idOf(252), recordOf(), { index: 'open' });
	stand.put(idOf(253), '{"schemaVersion":99}', { index: 'open' });
	const found = async (filter: LeadFilter, text = ''): Promise<number> => {
		const list = listOf(stand);
		let count = 0;
		for (let after: string | undefined, round = 0; round === 0 || after !== undefined; round++) {
			const page: Awaited<ReturnType<typeof list>> = await list('ended', {
				text,
				limit: 50,
				filter,
				...(after === undefined ? {} : { after }),
			});
			count += page.leads.length;
			after = page.next;
		}
		return count;
	};
	const all = async () => ({
		google: await found({ source: 'Google' }),
		both: await found({ source: 'Facebook', outcome: 'created' }),
		none: await found({ source: 'Google', outcome: 'invalid' }),
		invalid: await found({ outcome: 'invalid' }),
		mine: await found({ organization: 'organization' }),
		others: await found({ organization: 'another' }),
		phone: await found({}, '01001234567'),
	});
	const expected = { google: 25, both: 225, none: 0, invalid: 1, mine: 251, others: 0, phone: 251 };

	test('are found while they are in no index', async () => {
		expect(await indexState(stand.redis)).toEqual({ isWhole: false, isExact: false });
		expect(await all()).toEqual(expected);
	});

	test('are noted when a gateway starts, and found by the index', async () => {
		const keep = keeper(stand);
		await keep();
		expect(await indexState(stand.redis)).toEqual({ isWhole: true, isExact: true });
		expect(await all()).toEqual(expected);
		expect((await valuesOf(stand.redis, 's')).map(({ value, count }) => [value, count])).toEqual([
			['Facebook', 225],
			['Google', 25],
		]);
	});

	test('one that it ended meanwhile, and one that it forgot, are put right', async () => {
		// What a gateway that knows nothing of the index writes.
		stand.put(idOf(252), recordOf({ outcome: created, endedAtMs: nowMs }), { bull: 'completed', index: 'ended' });
		stand.call('zrem', indexKeys.open, jobKey(account, idOf(252)));
		stand.call('zrem', indexKeys.ended, jobKey(account, idOf(251)));
		stand.call('del', queueKey('key', idOf(251)));
		const keep = keeper(stand);
		await keep();
		expect(facetsIn(stand, 252)).toEqual(['g:organization', 'o:created', 'p:1234568']);
		expect(facetsIn(stand, 251)).toEqual([]);
		expect((await indexState(stand.redis)).isExact).toBe(true);
		// It looks again only where the numbers tell that it must.
		stand.call('zrem', indexKeys.facets, memberOf('o:created', jobKey(account, idOf(252))));
		await keep();
		expect(facetsIn(stand, 252)).toEqual(['g:organization', 'p:1234568']);
	});

	test('a search through the index tells where it stopped, and goes on behind that', async () => {
		const first = await keysWith(stand.redis, 'ended', ['s:Google', 'o:created'], {}, 10);
		const second = await keysWith(stand.redis, 'ended', ['s:Google', 'o:created'], { after: first.next }, 50);
		expect([first.keys.length, second.keys.length, second.next]).toEqual([10, 15, undefined]);
		expect([...first.keys, ...second.keys].sort().reverse()).toEqual([...first.keys, ...second.keys]);
	});
});

test.each<[name: string, changed: Partial<LeadRecord>, end: 'failed' | 'corrected' | 'arrived']>([
	[
		'sent again, and ended otherwise',
		{ outcome: outcomeOf({ outcome: 'failed', cause: { kind: 'status', text: 'Gone' } }) },
		'failed',
	],
	['corrected', { correctedBy: 'another' }, 'corrected'],
	['told to be there', { resolved: 'arrived' }, 'arrived'],
])(
	'what an older gateway made of an ended lead is put right as soon as it is read: %s',
	async (_name, changed, end) => {
		const stand = openStand();
		const record = { ...recordOf({ outcome: created }), endedAtMs: nowMs };
		for (const number of [1, 2]) stand.put(idOf(number), record, { bull: 'completed', index: 'ended' });
		await keeper(stand)();
		stand.put(idOf(1), { ...record, ...changed }, { bull: 'completed', index: 'ended' });
		const list = listOf(stand);
		const found = async (filter: LeadFilter): Promise<readonly string[]> =>
			(await list('ended', { text: '', limit: 50, filter })).leads.map(({ id: key }) => key);
		expect([await found({ outcome: end }), facetsIn(stand)]).toEqual([
			[],
			['g:organization', 'o:created', 'p:1234568'],
		]);
		// It stands under its old outcome, is read there, and is not shown as one of those.
		expect(await found({ outcome: 'created' })).toEqual([jobKey(account, idOf(2))]);
		await new Promise((resolve) => setImmediate(resolve));
		expect([await found({ outcome: end }), facetsIn(stand)]).toEqual([
			[jobKey(account, idOf(1))],
			['g:organization', `o:${end}`, 'p:1234568'],
		]);
		const reads = await Promise.all([1, 2].map(async (number) => await stand.read(idOf(number))));
		expect(await mendFacets(stand.redis, 'ended', reads)).toBe(0);
	},
);

test('what is forgotten is found no more, in the same round', async () => {
	const stand = openStand();
	const old = { ...recordOf({ outcome: created }), endedAtMs: nowMs - 40 * dayMs };
	for (const number of [1, 2]) stand.put(idOf(number), old, { bull: 'completed', index: 'ended' });
	stand.call('zadd', queueKey('key', 'completed'), nowMs - 40 * dayMs, idOf(1), nowMs, idOf(2));
	stand.call('zadd', indexKeys.verified, nowMs, 'key');
	stand.call('sadd', indexKeys.groups, 'key');
	await keeper(stand)();
	await maintain({
		redis: stand.redis,
		jobs: stand.jobs,
		unread: stand.unread,
		workerPool: {
			queueOf: () =>
				({
					clean: async () => {
						stand.call('del', queueKey('key', idOf(1)));
						return await Promise.resolve([idOf(1)]);
					},
				}) as never,
		},
		keepDays: 30,
		now: () => nowMs,
		purgeNow: () => nowMs,
	});
	expect([facetsIn(stand, 1), facetsIn(stand, 2)]).toEqual([[], ['g:organization', 'o:created', 'p:1234568']]);
	expect((await indexState(stand.redis)).isExact).toBe(true);
});

test('a reason narrows what waits without reading it', async () => {
	const stand = openStand();
	stand.put(idOf(1), recordOf());
	const list = listOf(stand);
	const names = async (why: 'key' | 'network'): Promise<number> =>
		(await list('waiting', { text: '', limit: 50, filter: { why } })).leads.length;
	expect([await names('key'), await names('network')]).toEqual([1, 0]);
});
