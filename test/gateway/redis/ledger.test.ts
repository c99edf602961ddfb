import { firstOf, release, reserve } from '../../../packages/gateway/src/stores/redis/admission';
import { createAdmin } from '../../../packages/gateway/src/stores/redis/admin';
import { endedWith, reopened } from '../../../packages/gateway/src/stores/redis/jobData';
import { facetsOf } from '../../../packages/gateway/src/stores/redis/leadFacets';
import { markEnded, markSending, markWaiting } from '../../../packages/gateway/src/stores/redis/ledger';
import { change, endUnsent, reopen } from '../../../packages/gateway/src/stores/redis/ledgerUnsent';
import { readEvent } from '../../../packages/gateway/src/stores/redis/schema/event';
import { indexKeys, jobKey, stateKeys } from '../../../packages/gateway/src/stores/redis/redisKeys';
import type { LeadRecord } from '../../../packages/gateway/src/stores/redis/schema/lead';
import { account, created, idOf, nowMs, openStand, type Place, recordOf, type Stand, unconfirmed } from './stand';

const id = idOf();
const locked = { id, account, token: 'mine' };
const left = recordOf({ sent: { atMs: nowMs, by: 'me:1' } });
const endedEvents = ({ memory }: Stand): readonly unknown[] => memory.published.map(([, text]) => readEvent(text));

describe('what the holder of a lock writes', () => {
	test.each<
		[name: string, write: typeof markEnded, record: LeadRecord, after: Place & { share: number }, told: number]
	>([
		['that it leaves', markSending, left, { index: 'open', isSending: true, isUnverified: true, share: 1 }, 0],
		[
			'that it waits again',
			markWaiting,
			recordOf(),
			{ index: 'open', isSending: false, isUnverified: true, share: 1 },
			0,
		],
		[
			'that it was created',
			markEnded,
			endedWith(left, created, nowMs),
			{ index: 'ended', isSending: false, isUnverified: false, share: 0 },
			1,
		],
		[
			'that it is unconfirmed',
			markEnded,
			endedWith(left, unconfirmed, nowMs),
			{ index: 'unconfirmed', isSending: false, isUnverified: false, share: 0 },
			1,
		],
	])('%s', async (_name, write, record, after, told) => {
		const stand = openStand();
		stand.put(id, recordOf(), { bull: 'active', isSending: true, isUnverified: true, lock: 'mine' });
		expect(await write(stand.redis, locked, record)).toBe(true);
		expect(stand.placeOf(id)).toEqual({ bull: 'active', ...after });
		expect((await stand.read(id)).record).toMatchObject(record);
		expect(endedEvents(stand)).toEqual(
			Array.from({ length: told }, () => ({ kind: 'known', value: { kind: 'ended', jobKey: jobKey(account, id) } })),
		);
	});

	test.each([markSending, markWaiting, markEnded])('nothing where another has the lock by now', async (write) => {
		const stand = openStand();
		stand.put(id, recordOf(), { bull: 'active', lock: 'another' });
		const before = stand.placeOf(id);
		expect(await write(stand.redis, locked, endedWith(left, created, nowMs))).toBe(false);
		expect({ place: stand.placeOf(id), data: stand.data(id).outcome }).toEqual({ place: before, data: null });
	});

	test('the key is gone once it has ended', async () => {
		const stand = openStand();
		stand.put(id, recordOf(), { bull: 'active', lock: 'mine' });
		await markEnded(stand.redis, locked, endedWith(left, created, nowMs));
		expect(stand.data(id).sealed).toBeUndefined();
	});
});

describe('what is written of a lead that nobody sends', () => {
	const ended = endedWith(left, unconfirmed, nowMs);
	test.each<[name: string, before: Place, mayWait: boolean, isDone: boolean]>([
		['an unconfirmed one', { bull: 'failed', index: 'unconfirmed' }, false, true],
		['one that waits, where that is meant', { bull: 'wait' }, true, true],
		['one that is delayed, where that is meant', { bull: 'delayed' }, true, true],
		['one that waits, where only one that is over is meant', { bull: 'wait' }, false, false],
		['one on its way', { bull: 'active', lock: 'another' }, true, false],
		['one whose lock is there still', { bull: 'failed', index: 'unconfirmed', lock: 'another' }, true, false],
	])('%s', async (_name, before, mayWait, isDone) => {
		const stand = openStand();
		stand.put(id, recordOf(), before);
		const place = stand.placeOf(id);
		expect(await endUnsent(stand.redis, await stand.read(id), ended, nowMs, mayWait)).toBe(isDone);
		expect(stand.placeOf(id)).toEqual(
			isDone ? { bull: 'completed', index: 'ended', isSending: false, isUnverified: false, share: 0 } : place,
		);
		expect(endedEvents(stand)).toHaveLength(isDone ? 1 : 0);
	});

	test('nothing where it is another than it was when it was read', async () => {
		const stand = openStand();
		stand.put(id, recordOf(), { bull: 'failed', index: 'unconfirmed' });
		const read = await stand.read(id);
		await change(stand.redis, read, recordOf({ sealed: 'another' }));
		const done = [
			await endUnsent(stand.redis, read, ended, nowMs, true),
			await change(stand.redis, read, ended),
			await reopen(stand.redis, read, ended, nowMs),
		];
		expect({ done, sealed: stand.data(id).sealed }).toEqual({ done: [false, false, undefined], sealed: 'another' });
	});

	test.each<[from: 'failed' | 'completed', index: 'unconfirmed' | 'ended', isVerified: boolean]>([
		['failed', 'unconfirmed', true],
		['completed', 'ended', false],
	])('one that is %s is reopened', async (from, index, isVerified) => {
		const stand = openStand();
		stand.put(id, endedWith(left, unconfirmed, nowMs), { bull: from, index });
		if (isVerified) stand.call('zadd', indexKeys.verified, nowMs, account.id, nowMs, account.group);
		const read = await stand.read(id);
		expect(await reopen(stand.redis, read, reopened(read.record, nowMs), nowMs)).toBe(from);
		expect(stand.placeOf(id)).toEqual({
			bull: from,
			index: 'open',
			isSending: false,
			isUnverified: !isVerified,
			share: 1,
		});
		expect(stand.call('zscore', indexKeys.trials, account.group)).toBe(isVerified ? null : String(nowMs));
		expect(stand.data(id)).toMatchObject({ againAtMs: nowMs });
	});
});

describe('a place in the queue', () => {
	const limits = { maxWaiting: 40, unverifiedForMs: 3_600_000 };
	const facets = facetsOf(account, recordOf());
	test.each<[name: string, isVerified: boolean, given: number, rooms: readonly string[]]>([
		[
			'of a verified account: never more than there is room left',
			true,
			21,
			[...Array.from({ length: 20 }, () => 'room'), 'keyFull'],
		],
		['of an account never verified: its small part', false, 3, ['room', 'keyFull', 'keyFull']],
	])('%s', async (_name, isVerified, given, rooms) => {
		const stand = openStand();
		if (isVerified) stand.call('zadd', indexKeys.verified, nowMs, account.id, nowMs, account.group);
		const found: string[] = [];
		for (let number = 1; number <= given; number++)
			found.push(await reserve(stand.redis, account, { key: jobKey(account, idOf(number)), facets }, limits, nowMs));
		expect(found).toEqual(rooms);
		expect(await firstOf(stand.redis, account.id)).toBe(jobKey(account, idOf(1)));
		const taken = rooms.filter((room) => room === 'room').length;
		expect(stand.placeOf(idOf(1))).toMatchObject({ index: 'open', isUnverified: !isVerified, share: taken });
		await release(stand.redis, jobKey(account, idOf(1)));
		expect(stand.placeOf(idOf(1)).share).toBe(taken - 1);
	});
});

test.each<[act: 'arrived' | 'discard' | 'retry', bull: Place['bull'], isDone: boolean]>([
	['arrived', 'failed', true],
	['discard', 'failed', true],
	['retry', 'failed', true],
	['arrived', 'wait', false],
	['discard', 'wait', true],
	['retry', 'wait', false],
])('a person: %s of one that is in %s', async (act, bull, isDone) => {
	const stand = openStand();
	const isOver = bull === 'failed';
	const key = stand.put(
		id,
		isOver ? endedWith(left, unconfirmed, nowMs) : recordOf(),
		isOver ? { bull: 'failed', index: 'unconfirmed' } : { bull: 'wait' },
	);
	const reopenedGroups: string[] = [];
	const admin = createAdmin({
		redis: stand.redis,
		jobs: stand.jobs,
		workerPool: {
			queueOf: () =>
				({ getJob: async () => await Promise.resolve({ retry: async () => await Promise.resolve() }) }) as never,
		},
		onReopened: (group) => void reopenedGroups.push(group),
		now: () => nowMs,
	});
	expect(await admin[act](key)).toBe(isDone);
	expect(reopenedGroups).toEqual(act === 'retry' && isDone ? [account.group] : []);
	expect(await admin[act]('nonsense')).toBe(false);
	expect(stand.call('get', stateKeys.first(account.id))).toBeNull();
});
