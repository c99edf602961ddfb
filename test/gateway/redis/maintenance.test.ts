import { endedWith } from '../../../packages/gateway/src/stores/redis/jobData';
import { expireUnverified, expiryOf } from '../../../packages/gateway/src/stores/redis/expireUnverified';
import { expiryGraceMs, maintain } from '../../../packages/gateway/src/stores/redis/maintenance';
import { indexRepairOf, type IndexRepair, type JobPlace } from '../../../packages/gateway/src/stores/redis/reconcile';
import { indexKeys, jobKey, queueKey, stateKeys } from '../../../packages/gateway/src/stores/redis/redisKeys';
import type { ReadJob } from '../../../packages/gateway/src/stores/redis/jobReader';
import { account, created, idOf, nowMs, openStand, type Place, recordOf, refused, type Stand } from './stand';

const dayMs = 86_400_000;

test.each<[name: string, isVerified: boolean, keepDays: number, purgeNowMs: number, graceMs: number]>([
	['of a verified key: as the settings say', true, 30, nowMs, 30 * dayMs],
	['of a key never verified: a day', false, 30, nowMs, dayMs],
	['of a key never verified, less than a day', false, 0, nowMs, 0],
	['a clock that jumped forward makes nothing old', true, 30, nowMs - 400 * dayMs, 430 * dayMs],
	['a clock that is behind makes nothing young', true, 30, nowMs + dayMs, 30 * dayMs],
])('what ended is forgotten, %s', (_name, isVerified, keepDays, purgeNowMs, graceMs) => {
	expect(expiryGraceMs(isVerified, keepDays, nowMs, purgeNowMs)).toBe(graceMs);
});

describe('an open lead is put right', () => {
	const place: JobPlace = { exists: true, isFailed: false, isCompleted: false };
	test.each<[name: string, place: JobPlace, ageMs: number, repair: IndexRepair | undefined]>([
		['one that is there', place, 3_600_000, { isClosed: false, hasQueue: true }],
		['one that is gone', { ...place, exists: false }, 3_600_000, { isClosed: true, hasQueue: false }],
		[
			'one that failed',
			{ ...place, isFailed: true },
			3_600_000,
			{ index: 'unconfirmed', isClosed: true, hasQueue: true },
		],
		[
			'one that is over',
			{ ...place, isCompleted: true },
			3_600_000,
			{ index: 'ended', isClosed: true, hasQueue: true },
		],
		['one that may be in the middle of being written', { ...place, exists: false }, 30_000, undefined],
	])('%s', (_name, found, ageMs, repair) => {
		expect(indexRepairOf(found, nowMs - ageMs, nowMs)).toEqual(repair);
	});
});

const run = async (stand: Stand, cleaned: readonly string[] = []): Promise<void> => {
	await maintain({
		redis: stand.redis,
		jobs: stand.jobs,
		unread: stand.unread,
		workerPool: { queueOf: () => ({ clean: async () => await Promise.resolve([...cleaned]) }) as never },
		keepDays: 30,
		now: () => nowMs,
		purgeNow: () => nowMs,
	});
};

test.each<[name: string, before: Place | 'gone', after: Partial<Place> & { share: number }]>([
	['BullMQ has it as failed', { bull: 'failed' }, { index: 'unconfirmed', isSending: false, share: 0 }],
	['BullMQ has it as completed', { bull: 'completed' }, { index: 'ended', isSending: false, share: 0 }],
	['it waits', { bull: 'wait' }, { index: 'open', share: 1 }],
	['it was never added', 'gone', { isSending: false, share: 0 }],
])('a lead that a gateway left between two steps: %s', async (_name, before, after) => {
	const stand = openStand();
	stand.put(
		idOf(),
		recordOf(),
		before === 'gone' ? { isSending: true } : { ...before, isSending: before.bull !== 'wait' },
	);
	if (before === 'gone') stand.call('del', queueKey('key', idOf()), queueKey('key', 'wait'));
	await run(stand);
	expect(stand.placeOf(idOf())).toMatchObject(after);
	expect(stand.call('smembers', indexKeys.groups)).toEqual(before === 'gone' ? [] : ['key']);
});

test('what BullMQ forgot is forgotten in the index, and a key with nothing left leaves no notes', async () => {
	const stand = openStand();
	stand.call('sadd', indexKeys.groups, 'key');
	stand.call('zadd', indexKeys.ended, 0, jobKey(account, idOf()));
	stand.call('set', stateKeys.pace('key'), 'x');
	await run(stand, [idOf()]);
	expect({
		ended: stand.call('zcard', indexKeys.ended),
		groups: stand.call('smembers', indexKeys.groups),
		pace: stand.call('get', stateKeys.pace('key')),
	}).toEqual({ ended: 0, groups: [], pace: null });
});

test('names that are none are told of once and keep nobody else from being put right', async () => {
	const stand = openStand();
	stand.put(idOf(), recordOf(), { bull: 'failed' });
	stand.call('sadd', indexKeys.groups, 'a:b');
	stand.call('zadd', indexKeys.open, 0, '0 nonsense');
	await run(stand);
	await run(stand);
	expect(stand.placeOf(idOf()).index).toBe('unconfirmed');
	expect(stand.counted).toEqual(['index damaged', 'index damaged']);
	expect(stand.notices).toHaveLength(1);
	expect(stand.call('zscore', indexKeys.open, '0 nonsense')).toBe('0');
});

describe('a lead of an account never verified that waited too long', () => {
	const read = (changed: Parameters<typeof recordOf>[0]): ReadJob => ({
		kind: 'lead',
		id: idOf(),
		account,
		text: '',
		record: recordOf(changed),
	});
	test.each<[name: string, read: ReadJob, isVerified: boolean, kind: string]>([
		['was refused: it ends', read({ outcome: refused }), false, 'end'],
		['was refused, and is verified by now', read({ outcome: refused }), true, 'forget'],
		['was never refused', read({}), false, 'lookAgain'],
		['is on its way', read({ outcome: refused, sent: { atMs: 1, by: 'x' } }), false, 'lookAgain'],
		['has ended', read({ outcome: refused, endedAtMs: 1 }), false, 'forget'],
		['is gone', undefined, false, 'forget'],
		['is of a newer gateway', { kind: 'newer' }, false, 'lookAgain'],
	])('%s', (_name, job, isVerified, kind) => {
		expect(expiryOf(job, isVerified, nowMs).kind).toBe(kind);
	});

	test('ends once, is told, and leaves nothing behind that holds its key', async () => {
		const stand = openStand();
		const ended: string[] = [];
		stand.put(idOf(1), recordOf({ outcome: refused }), { isUnverified: true });
		stand.put(idOf(2), endedWith(recordOf(), created, nowMs), {
			bull: 'completed',
			index: 'ended',
			isUnverified: true,
		});
		stand.call('set', stateKeys.hold('key'), 'x');
		const means = {
			redis: stand.redis,
			jobs: stand.jobs,
			verified: { has: async () => await Promise.resolve(false) },
			forMs: 60_000,
			events: {
				attempt: () => undefined,
				ended: (id: string) => void ended.push(id),
				notice: () => undefined,
			},
			now: () => nowMs,
		};
		expect([await expireUnverified(means), await expireUnverified(means)]).toEqual([1, 0]);
		expect({ ended, place: stand.placeOf(idOf(1)), hold: stand.call('get', stateKeys.hold('key')) }).toEqual({
			ended: [idOf(1)],
			place: { bull: 'completed', index: 'ended', isSending: false, isUnverified: false, share: 0 },
			hold: null,
		});
	});
});
