import type { DeliveryFacts } from '../../../packages/core/src';
import { memoryOf, minuteMs, secondMs, startMs, watched } from './alertsWorld';

const causes: readonly (readonly [string, Partial<DeliveryFacts>])[] = [
	['key', { held: [{ why: 'key', count: 3 }], waiting: 3 }],
	['organization', { held: [{ why: 'organization', organizationId: 'org-1', count: 3 }], waiting: 3 }],
	['waiting', { held: [{ why: 'limit', count: 3 }], waiting: 3, waitsSinceMs: startMs - 31 * minuteMs }],
	['unconfirmed', { unconfirmed: 3 }],
	['queueFull', { waiting: 8, maxWaiting: 10 }],
	['store', { isStoreAway: true }],
	['record', { isRecordAway: true }],
	['damaged', { damaged: 3 }],
	['notLeaving', { notLeaving: 3 }],
	['goneBack', { hasGoneBack: true }],
];

test.each(causes)(
	'%s: told within a minute as it begins and as it ends, and not again in the hours between',
	async (kind, facts) => {
		const account = await watched();
		await account.advance(5 * minuteMs);
		expect(account.words()).toEqual([]);
		account.facts = facts;
		await account.advance(minuteMs);
		expect(account.words()).toEqual([`begun ${kind}`]);
		await account.advance(20 * 60 * minuteMs);
		expect([account.words().length, account.open()]).toEqual([1, 1]);
		account.facts = {};
		await account.advance(minuteMs);
		expect(account.words()).toEqual([`begun ${kind}`, `over ${kind}`]);
		expect(account.open()).toBe(0);
	},
);

test('one that stays is told again after a day', async () => {
	const account = await watched();
	account.facts = { unconfirmed: 2 };
	await account.advance(49 * 60 * minuteMs);
	expect(account.words()).toEqual(['begun unconfirmed', 'still unconfirmed', 'still unconfirmed']);
});

test('a thousand minutes in which it comes and goes make at most one message an hour', async () => {
	const account = await watched();
	for (let minute = 0; minute < 1000; minute++) {
		account.facts = minute % 2 === 0 ? { held: [{ why: 'key', count: 1 }], waiting: 1 } : {};
		await account.advance(minuteMs);
	}
	const hours = account.told.map(({ second }) => Math.floor(second / 3600));
	// The first begin and its end come at once.
	expect(hours.slice(1)).toEqual([...new Set(hours.slice(1))]);
	expect(account.told.length).toBeLessThan(8);
});

test('what was told is remembered over a restart, and ends after it only once that can be seen', async () => {
	const account = await watched();
	const facts = { held: [{ why: 'key', count: 1 }], waiting: 1 } as const;
	account.facts = facts;
	await account.advance(minuteMs);
	await account.restart();
	// Nothing was tried yet.
	account.facts = {};
	account.isSettled = false;
	await account.advance(10 * minuteMs);
	account.isSettled = true;
	account.facts = facts;
	await account.advance(10 * minuteMs);
	expect(account.words()).toEqual(['begun key']);
	account.facts = {};
	await account.restart();
	await account.advance(20 * secondMs);
	expect(account.words()).toEqual(['begun key']);
	await account.advance(40 * secondMs);
	expect(account.words()).toEqual(['begun key', 'over key']);
});

test('a clock that is set back is told, also where that happened while nothing ran, and is over when it has caught up', async () => {
	const account = await watched();
	await account.advance(11 * minuteMs);
	await account.close();
	account.setClock(-60 * minuteMs);
	await account.restart();
	expect(account.words()).toEqual(['begun goneBack']);
	await account.advance(50 * minuteMs);
	expect(account.words()).toHaveLength(1);
	await account.advance(11 * minuteMs);
	expect(account.words()).toEqual(['begun goneBack', 'over goneBack']);
});

test('where it cannot be written down it is told all the same, and that is said once', async () => {
	const memory = memoryOf();
	memory.isFull = true;
	const account = await watched(memory);
	account.facts = { unconfirmed: 1 };
	await account.advance(10 * minuteMs);
	expect([account.words(), account.unwritten()]).toEqual([['begun unconfirmed'], 1]);
	memory.isFull = false;
	await account.advance(minuteMs);
	await account.restart();
	await account.advance(5 * minuteMs);
	expect(account.words()).toEqual(['begun unconfirmed']);
});

test('while the store is away nothing counts as over', async () => {
	const account = await watched();
	account.facts = { unconfirmed: 2 };
	await account.advance(minuteMs);
	account.facts = { isStoreAway: true };
	await account.advance(5 * minuteMs);
	expect(account.words()).toEqual(['begun unconfirmed', 'begun store']);
	account.facts = {};
	await account.advance(minuteMs);
	expect([...account.words().slice(2)].sort()).toEqual(['over store', 'over unconfirmed']);
});

test('a message is ready for an e-mail, and has the words of both languages', async () => {
	const account = await watched();
	account.facts = { held: [{ why: 'organization', organizationId: 'org-2', count: 3 }], waiting: 3 };
	await account.advance(minuteMs);
	const [first] = account.told;
	expect(first?.message).toEqual({
		topic: 'The API key of Nile View · org-2 may not create leads',
		payload: expect.stringMatching(/^Since .*3 leads are waiting; none is lost\. Give the role/) as unknown,
		alert: {
			kind: 'organization',
			state: 'begun',
			account: 'Nile View',
			organizationId: 'org-2',
			count: 3,
			why: null,
			since: expect.stringMatching(/^2027-/) as unknown,
			over: null,
			en: { title: first?.message.topic, text: first?.message.payload },
			ar: {
				title: expect.stringMatching(/[\u0600-\u06ff]/) as unknown,
				text: expect.stringMatching(/[\u0600-\u06ff]/) as unknown,
			},
		},
	});
});
