import { endedWith } from '../../../packages/gateway/src/stores/redis/jobData';
import { createLeadList } from '../../../packages/gateway/src/stores/redis/leadRows';
import { indexKeys, jobKey, queueKey } from '../../../packages/gateway/src/stores/redis/redisKeys';
import { createTextColumns } from '../../../packages/gateway/src/stores/redis/textColumns';
import { createTextIndex } from '../../../packages/gateway/src/stores/redis/textIndex';
import { outcomeOf } from '../../../packages/core/src';
import { signatureOf } from '../../../packages/outbox/src';
import type { LeadFilter } from '../../../packages/outbox/src/view/filter';
import { seed, seeded } from '../../fixtures/cases';
import { account, created, idOf, lead, nowMs, openStand, recordOf, type Stand, unconfirmed } from './stand';

const named = (firstName: string) => ({ ...lead, leadInformation: { ...lead.leadInformation, firstName } });
const put = (stand: Stand, number: number, firstName: string, outcome = created): void => {
	const isUnconfirmed = outcome.outcome === 'unconfirmed';
	stand.put(idOf(number), endedWith(recordOf({ lead: named(firstName) }), outcome, nowMs), {
		bull: isUnconfirmed ? 'failed' : 'completed',
		index: isUnconfirmed ? 'unconfirmed' : 'ended',
	});
};

/** A list with an index over it, the time that only a test moves, and how many leads were read since that was asked last. */
const searching = (stand: Stand) => {
	let [atMs, reads] = [0, 0];
	const jobs: Stand['jobs'] = {
		...stand.jobs,
		of: (key, text) => {
			reads++;
			return stand.jobs.of(key, text);
		},
	};
	const texts = createTextIndex({
		redis: stand.redis,
		jobs,
		monotonicMs: () => atMs,
		sleep: async () => await Promise.resolve(),
		isClosed: () => false,
	});
	const means = {
		redis: stand.redis,
		jobs,
		unread: stand.unread,
		holdReasonOf: async () => await Promise.resolve(undefined),
	};
	const [list, slow] = [createLeadList({ ...means, texts }), createLeadList(means)];
	const allOf = async (of: typeof list, text: string, filter: LeadFilter, which: 'ended' | 'unconfirmed') => {
		const found: string[] = [];
		let [after, parts] = [undefined as string | undefined, 0];
		do {
			const page: Awaited<ReturnType<typeof list>> = await of(which, {
				text,
				limit: 5,
				filter,
				...(after === undefined ? {} : { after }),
			});
			found.push(...page.leads.map(({ name }) => name));
			after = page.next;
			parts++;
		} while (after !== undefined);
		return { found, parts };
	};
	return {
		texts,
		all: async (text: string, filter: LeadFilter = {}, which: 'ended' | 'unconfirmed' = 'ended') =>
			await allOf(list, text, filter, which),
		without: async (text: string, filter: LeadFilter = {}, which: 'ended' | 'unconfirmed' = 'ended') =>
			await allOf(slow, text, filter, which),
		readsSince: (): number => {
			const before = reads;
			reads = 0;
			return before;
		},
		ready: async (): Promise<void> => {
			for (let round = 0; round < 200 && (await texts.keys('nobody')) === undefined; round++)
				await new Promise((resolve) => setImmediate(resolve));
			expect(await texts.keys('nobody')).toBeDefined();
		},
		later: (ms: number): void => {
			atMs += ms;
		},
	};
};

const words = ['mona', 'omar', 'zuzanna', 'سارة', 'o’neil'];

test('finds what reading all of them finds, in the same order, and reads few of them for a rare word', async () => {
	const stand = openStand();
	const random = seeded(seed);
	for (let number = 1; number <= 90; number++) {
		const word = words[Math.floor(random() ** 4 * words.length)] ?? '';
		put(stand, number, number === 3 ? 'Rare Person' : `${word} ${number}`, number % 9 === 0 ? unconfirmed : created);
	}
	const search = searching(stand);
	await search.ready();
	for (const text of ['mona', 'سارة', 'rare person', 'Mona 31', 'nobody', 'on'])
		for (const which of ['ended', 'unconfirmed'] as const)
			for (const filter of [{}, { outcome: 'created' }] as const)
				expect([text, which, (await search.all(text, filter, which)).found]).toEqual([
					text,
					which,
					(await search.without(text, filter, which)).found,
				]);
	search.readsSince();
	expect(await search.all('rare person')).toEqual({ found: ['Rare Person'], parts: 1 });
	expect(search.readsSince()).toBeLessThan(10);
});

test('until it is made, leads are read one after the other', async () => {
	const stand = openStand();
	put(stand, 1, 'Rare Person');
	expect((await searching(stand).all('rare person')).found).toEqual(['Rare Person']);
});

describe('what comes after it was made', () => {
	const open = async () => {
		const stand = openStand();
		for (let number = 10; number <= 30; number++) put(stand, number, `Mona ${number}`);
		const search = searching(stand);
		await search.ready();
		return { stand, search };
	};

	test('a lead that ends, also one of which this gateway did not hear, and one that came before all others', async () => {
		const { stand, search } = await open();
		put(stand, 31, 'Newest One');
		expect((await search.all('newest one')).found).toEqual(['Newest One']);
		put(stand, 1, 'Oldest One');
		search.texts.changed(jobKey(account, idOf(1)));
		expect((await search.all('oldest one')).found).toEqual(['Oldest One']);
	});

	test('one that is missing and of which nobody told is found by their number, and read again', async () => {
		const { stand, search } = await open();
		for (let number = 31; number <= 140; number++) put(stand, number, `Omar ${number}`);
		await search.all('omar');
		put(stand, 1, 'Oldest One');
		expect((await search.all('oldest one')).found).toEqual(['Oldest One']);
		await search.ready();
		expect((await search.all('oldest one')).found).toEqual(['Oldest One']);
	});

	test('one that ended once more is found by what was said of it then, and no more by what was said before', async () => {
		const { stand, search } = await open();
		put(stand, 20, 'Mona 20', outcomeOf({ outcome: 'failed', cause: { kind: 'status', text: 'Teapot' } }));
		search.texts.changed(jobKey(account, idOf(20)));
		const expected = (await search.without('teapot')).found;
		expect([(await search.all('teapot')).found, expected]).toEqual([expected, ['Mona 20']]);
	});

	test('one that is in the list no more is not shown, and is dropped within an hour of searching', async () => {
		const { stand, search } = await open();
		stand.call('zrem', indexKeys.ended, jobKey(account, idOf(20)));
		stand.call('del', queueKey('key', idOf(20)));
		expect((await search.all('mona 20')).found).toEqual([]);
		expect(await search.texts.keys('mona 20')).toEqual([jobKey(account, idOf(20))]);
		search.later(3_600_001);
		for (let round = 0; round < 20; round++) {
			await search.all('mona 20');
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(await search.texts.keys('mona 20')).toEqual([]);
	});

	test('where events were perhaps lost it is made anew', async () => {
		const { stand, search } = await open();
		put(stand, 20, 'Changed Name');
		search.texts.forget();
		await search.ready();
		expect((await search.all('changed name')).found).toEqual(['Changed Name']);
	});

	test('what is no key of a lead does not keep it from being whole', async () => {
		const { stand, search } = await open();
		stand.call('zadd', indexKeys.ended, 0, 'no key at all');
		await search.ready();
		expect((await search.all('mona 20')).found).toEqual(['Mona 20']);
	});
});

test('dropping leads moves no more than a thousand in one step, and what comes between two steps is found', () => {
	const columns = createTextColumns();
	const keyOf = (number: number): string => jobKey(account, idOf(number));
	const signature = signatureOf('mona');
	const count = 20_000;
	columns.put(Array.from({ length: count }, (_, place) => ({ key: keyOf(2 * place), signature })));
	const wanted = new Set(Array.from({ length: count / 2 }, (_, place) => keyOf(4 * place)));
	let [asked, mostAsked, step] = [0, 0, 0];
	const isWanted = (key: string): boolean => {
		mostAsked = Math.max(mostAsked, ++asked);
		return wanted.has(key);
	};
	for (const _ of columns.keep(isWanted)) {
		asked = 0;
		// Everywhere, so that chunks are split that were looked at, and that are not so far.
		const added = Array.from({ length: 50 }, () => keyOf(((step++ * 7919) % count) * 2 + 1));
		for (const key of added) wanted.add(key);
		columns.put(added.map((key) => ({ key, signature })));
	}
	expect(mostAsked).toBeLessThanOrEqual(1024);
	expect(step).toBeGreaterThan(900);
	expect([...columns.keys('mona')]).toEqual([...wanted].sort().reverse());
	expect(columns.count()).toBe(wanted.size);
});

test('the columns hold what was put last for each key, in order, whatever the order it came in', () => {
	const random = seeded(seed);
	const columns = createTextColumns();
	const known = new Map<string, string>();
	for (let round = 0; round < 60; round++) {
		const batch = Array.from({ length: 1 + Math.floor(random() * 90) }, () => {
			const key = jobKey(account, idOf(1 + Math.floor(random() * 3000)));
			const text = words[Math.floor(random() * words.length)] ?? '';
			return { key, text, signature: signatureOf(text) };
		});
		const unique = [...new Map(batch.map((each) => [each.key, each])).values()];
		columns.put(unique);
		for (const { key, text } of unique) known.set(key, text);
		if (round % 20 === 19) {
			for (const _ of columns.keep((key) => !key.includes('7~')));
			for (const key of [...known.keys()]) if (key.includes('7~')) known.delete(key);
		}
	}
	const sorted = [...known].sort(([one], [other]) => (one < other ? 1 : -1));
	expect(columns.count()).toBe(known.size);
	for (const word of words)
		expect([...columns.keys(word)]).toEqual(sorted.filter(([, text]) => text === word).map(([key]) => key));
	const [middle = ''] = sorted[Math.floor(sorted.length / 2)] ?? [];
	expect([...columns.keys('mona', middle)]).toEqual(
		sorted.filter(([key, text]) => key < middle && text === 'mona').map(([key]) => key),
	);
	expect(sorted.every(([key]) => columns.has(key)) && !columns.has(jobKey(account, idOf(9999)))).toBe(true);
});
