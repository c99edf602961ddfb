import { accountFacts } from '../../../packages/node-red/src/runtime/account/accountFacts';
import type { AccountNode } from '../../../packages/node-red/src/runtime/account/types';
import type { HoldReason } from '../../../packages/core/src';
import { helper, type RunningFlow, startFlow, until, useOwnUserFolder, useSandbox } from '../flow';

const sandbox = useSandbox();
useOwnUserFolder();

const mona = { name: 'Mona Hassan', phone: '010 0123 4567' };
const account = (): AccountNode => helper.getNode('account') as unknown as AccountNode;
const factsNow = async () => (await account().facts()).delivery;
const flowOf = async (outbox: 'off' | 'disk', more = {}): Promise<RunningFlow> =>
	await startFlow(sandbox().baseUrl, { account: { outbox, ...more } });
const refusing = async (status: number, flow: RunningFlow): Promise<void> => {
	sandbox().failNext(Array.from({ length: 50 }, () => ({ status })));
	flow.send({ payload: mona });
};

test.each<readonly [number, HoldReason, object]>([
	[401, 'key', {}],
	[403, 'organization', { organizationId: 'org-1' }],
])('%d: a lead of the outbox waits, and why', async (status, why, more) => {
	const flow = await flowOf('disk');
	await refusing(status, flow);
	await until(async () => (await factsNow()).held.length > 0);
	expect(await account().facts()).toMatchObject({
		isSettled: true,
		delivery: { held: [{ why, count: 1, ...more }], waiting: 1, waitsSinceMs: expect.any(Number) as unknown },
	});
});

test.each<readonly [number, HoldReason, object]>([
	[401, 'key', {}],
	[403, 'organization', { organizationId: 'org-1' }],
])('%d without an outbox: what was refused last, until the next lead passes', async (status, why, more) => {
	const flow = await flowOf('off');
	expect((await account().facts()).isSettled).toBe(false);
	await refusing(status, flow);
	await flow.endings(1);
	expect(await account().facts()).toMatchObject({ isSettled: true, delivery: { held: [{ why, count: 0, ...more }] } });
	sandbox().reset();
	flow.send({ payload: mona });
	await flow.endings(2);
	expect((await factsNow()).held).toEqual([]);
});

test('an unconfirmed lead, and how many may wait', async () => {
	const flow = await flowOf('disk', { outboxMax: 7 });
	sandbox().failNext({ status: 200, body: 'accepted' });
	flow.send({ payload: mona });
	await until(async () => (await factsNow()).unconfirmed === 1);
	expect(await factsNow()).toMatchObject({ unconfirmed: 1, waiting: 0, maxWaiting: 7, isStoreAway: false, damaged: 0 });
});

describe('what an outbox tells of itself', () => {
	const nowMs = 1_800_000_000_000;
	const hourMs = 3_600_000;
	const damage = { leads: 0, restored: 2, unnamed: 0, isOlder: false, atMs: nowMs - hourMs };
	const facts = async (
		waiting: readonly { readonly partition: string; readonly count: number; readonly why?: HoldReason }[],
		state = {},
		found = {},
	) =>
		await accountFacts({
			settings: { organizationId: 'own', outboxMax: 10 },
			sender: { refused: () => ({ isKeyRefused: true, organizations: ['own', 'third'] }) },
			outbox: {
				keepsNew: true,
				facts: async () =>
					await Promise.resolve({ isTried: true, waiting: waiting.map((each) => ({ first: '', ...each })), ...found }),
				state: () => ({ counts: { waiting: 0, sending: 0, unconfirmed: 0, ended: 0 }, isBroken: false, ...state }),
			},
			now: () => nowMs,
		});

	test('all that wait for the key are one, and each organization is one of its own', async () => {
		const { delivery } = await facts([
			{ partition: '', count: 1, why: 'key' },
			{ partition: 'other', count: 2, why: 'key' },
			{ partition: 'another', count: 4, why: 'organization' },
			{ partition: 'well', count: 9 },
		]);
		expect(delivery.held).toEqual([
			{ why: 'organization', organizationId: 'another', count: 4 },
			{ why: 'key', count: 3 },
			{ why: 'organization', organizationId: 'own', count: 0 },
			{ why: 'organization', organizationId: 'third', count: 0 },
		]);
	});

	test.each([
		['it cannot be used', { isBroken: true }, {}, { isStoreAway: true }],
		['leads that do not leave', { notLeaving: { count: 3, reason: 'turn', sinceMs: 0 } }, {}, { notLeaving: 3 }],
		['damage', {}, { damage: { ...damage, leads: 2, unnamed: 1 } }, { damaged: 3, hasGoneBack: false }],
		[
			'an older copy that lost nothing',
			{},
			{ damage: { ...damage, isOlder: true } },
			{ damaged: 0, hasGoneBack: true },
		],
		[
			'the same half a day later',
			{},
			{ damage: { ...damage, isOlder: true, atMs: nowMs - 12 * hourMs } },
			{ hasGoneBack: false },
		],
		[
			'an older copy that lost leads, until somebody has seen it',
			{},
			{ damage: { ...damage, isOlder: true, leads: 1, atMs: nowMs - 100 * hourMs } },
			{ damaged: 1, hasGoneBack: true },
		],
	])('%s', async (_name, state, found, expected) => {
		expect((await facts([], state, found)).delivery).toMatchObject(expected);
	});
});
