import { markLeaving } from '../../../packages/gateway/src/stores/redis/ledger';
import { createOlderCopyWatch, type OlderCopyWatch } from '../../../packages/gateway/src/stores/redis/olderCopy';
import { indexKeys, jobKey, queueKey } from '../../../packages/gateway/src/stores/redis/redisKeys';
import { openSentJournal, type SentJournal } from '../../../packages/gateway/src/stores/redis/sentJournal';
import { account, idOf, nowMs, openStand, recordOf, type Stand } from './stand';
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'icloud-ready-journal-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

const openJournal = (name = 'redis'): SentJournal =>
	openSentJournal(folder, name, (error) => {
		throw error;
	});

interface Side {
	readonly watch: OlderCopyWatch;
	readonly notices: readonly string[];
	/** Marks this lead as leaving, as a worker does; gives what Redis said. */
	readonly send: (number: number, key?: string) => Promise<number>;
}

/** One gateway with a disk of its own, or without one. */
const openSide = async (stand: Stand, journal: SentJournal | undefined): Promise<Side> => {
	const notices: string[] = [];
	const watch = createOlderCopyWatch({
		...stand,
		journal,
		now: () => nowMs,
		sleep: async () => await Promise.resolve(),
		isClosed: () => false,
		notice: (text) => void notices.push(text),
	});
	await watch.look();
	return {
		watch,
		notices,
		send: async (number, key) => {
			const id = idOf(number);
			const lock = queueKey(account.group, `${id}:lock`);
			stand.call('set', lock, 'token');
			const sent = recordOf({ sent: { atMs: nowMs, by: 'a' } });
			const count = await markLeaving(stand.redis, { id, account, token: 'token' }, sent, watch.known());
			stand.call('del', lock);
			if (count > 0) watch.left({ jobKey: jobKey(account, id), count, ...(key === undefined ? {} : { key }) });
			return count;
		},
	};
};

/** A copy of all that is in this Redis; the returned function puts it in its place. */
const copyOf = ({ memory }: Stand): (() => void) => {
	const text = structuredClone([...memory.held]);
	return () => {
		memory.held.clear();
		for (const [key, value] of structuredClone(text)) memory.held.set(key, value);
	};
};

const isMarked = (stand: Stand, number: number): boolean => stand.data(idOf(number)).sent !== undefined;

test('in an older copy no lead leaves before what is known to have left is marked, and it is told once', async () => {
	const stand = openStand();
	const side = await openSide(stand, openJournal());
	for (const number of [1, 2, 3, 4]) stand.put(idOf(number), recordOf());
	expect(await side.send(1)).toBe(1);
	const restore = copyOf(stand);
	expect([await side.send(2), await side.send(3)]).toEqual([2, 3]);
	restore();
	expect(isMarked(stand, 2)).toBe(false);
	expect(await side.send(4)).toBe(-1);
	expect(isMarked(stand, 4)).toBe(false);
	await side.watch.look();
	expect([1, 2, 3, 4].map((number) => isMarked(stand, number))).toEqual([true, true, true, false]);
	expect(side.notices).toEqual([
		expect.stringContaining('2 leads that had been sent since would have been sent again'),
	]);
	expect(side.watch.damaged()).toBe(2);
	expect(await side.send(4)).toBe(2);
	await side.watch.look();
	expect(side.notices).toHaveLength(1);
});

test('it is noticed at the next start as well, and stands there until a person has seen it', async () => {
	const stand = openStand();
	const side = await openSide(stand, openJournal());
	stand.put(idOf(1), recordOf());
	const restore = copyOf(stand);
	await side.send(1);
	restore();
	const again = await openSide(stand, openJournal());
	expect([isMarked(stand, 1), again.watch.damaged(), again.notices.length]).toEqual([true, 1, 1]);
	const later = await openSide(stand, openJournal());
	expect([later.watch.damaged(), later.notices.length]).toEqual([1, 0]);
	later.watch.seen();
	expect((await openSide(stand, openJournal())).watch.damaged()).toBe(0);
});

test('a lead that an older copy does not have is not taken in anew by its idempotency key', async () => {
	const stand = openStand();
	const side = await openSide(stand, openJournal());
	const restore = copyOf(stand);
	stand.put(idOf(1), recordOf());
	await side.send(1, 'mark');
	expect(await side.watch.forgotten('mark')).toBeUndefined();
	restore();
	const again = await openSide(stand, openJournal());
	expect(again.notices).toEqual([expect.stringContaining('1 lead that had been sent since is missing from it')]);
	expect(await again.watch.forgotten('mark')).toBe(idOf(1));
	expect(await again.watch.forgotten('another')).toBeUndefined();
});

test('what is back since, or is known there, is no damage', async () => {
	const stand = openStand();
	const side = await openSide(stand, openJournal());
	for (const number of [1, 2]) stand.put(idOf(number), recordOf());
	await side.send(1);
	side.watch.back(jobKey(account, idOf(1)));
	await side.send(2);
	const again = await openSide(stand, openJournal());
	expect([again.notices, again.watch.damaged()]).toEqual([[], 0]);
});

test('of several gateways each puts right what it sent itself, whichever notices first', async () => {
	const stand = openStand();
	const [one, other] = [await openSide(stand, openJournal('one')), await openSide(stand, openJournal('other'))];
	for (const number of [1, 2, 3]) stand.put(idOf(number), recordOf());
	const restore = copyOf(stand);
	await other.send(1);
	await one.send(2);
	restore();
	await one.watch.look();
	expect([isMarked(stand, 1), isMarked(stand, 2)]).toEqual([false, true]);
	// What leaves meanwhile hides nothing from the other.
	expect([await one.send(3), await other.send(1)]).toEqual([1, -1]);
	await other.watch.look();
	expect([isMarked(stand, 1), other.watch.damaged()]).toEqual([true, 1]);
	expect(one.watch.known().epoch).toBe(other.watch.known().epoch);
});

test('a Redis that was emptied is told, and one that is new is not', async () => {
	const stand = openStand();
	const side = await openSide(stand, openJournal());
	expect(side.notices).toEqual([]);
	stand.put(idOf(1), recordOf());
	await side.send(1);
	stand.memory.held.clear();
	await side.watch.look();
	expect([side.notices.length, side.watch.damaged()]).toEqual([1, 1]);
	expect(stand.call('get', indexKeys.epoch)).toContain('"from"');
});

test('a gateway without a disk of its own looks at nothing', async () => {
	const stand = openStand();
	const side = await openSide(stand, undefined);
	stand.put(idOf(1), recordOf());
	const restore = copyOf(stand);
	await side.send(1);
	restore();
	await side.watch.look();
	expect([await side.send(1), side.notices, side.watch.damaged()]).toEqual([1, [], 0]);
});

test('lines that nobody can read are none, and the file stays small', () => {
	const path = join(folder, 'redis.log');
	writeFileSync(path, 'x\nl 1 a~b.c -\nl x y\n\u0000\ne 7 0 {"id":"epoch"}\nl 9 d~e.f mark\nb a~b.c\n');
	const journal = openJournal();
	expect([journal.epoch(), journal.count(), journal.sent().map(({ jobKey: key }) => key)]).toEqual([
		'{"id":"epoch"}',
		9,
		['d~e.f'],
	]);
	expect(readFileSync(path, 'utf8')).toBe('w\nl 9 d~e.f mark\ne 9 0 {"id":"epoch"}\n');
	appendFileSync(path, 'half a li');
	expect(openJournal().count()).toBe(9);
});

describe('a journal of many leads', () => {
	const most = 50;
	const fail = (error: unknown): never => {
		throw error;
	};
	const open = (): SentJournal => openSentJournal(folder, 'many', fail, most);
	const [path, earlierPath] = [() => join(folder, 'many.log'), () => join(folder, 'many.earlier.log')];
	const linesOf = (file: string): number => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0);
	const nameOf = (number: number): string => jobKey(account, idOf(number));
	/** Leads that leave, every third of which comes back at once. */
	const leave = (journal: SentJournal, from: number, to: number): void => {
		for (let number = from; number <= to; number++) {
			journal.left({ jobKey: nameOf(number), count: number, key: `key-${number}` });
			if (number % 3 === 0) journal.back(nameOf(number));
		}
	};
	/** What is there of the latest, each once. */
	const latest = (last: number): readonly string[] =>
		Array.from({ length: most / 2 }, (_, place) => last - place)
			.filter((number) => number % 3 !== 0)
			.map(nameOf);
	const expectKnown = (journal: SentJournal, last: number): void => {
		const names = journal.sent().map((each) => each.jobKey);
		expect(names).toEqual(expect.arrayContaining([...latest(last)]));
		expect(
			names.filter((name) => Array.from({ length: last / 3 }, (_, nth) => nameOf(3 * nth + 3)).includes(name)),
		).toEqual([]);
		expect(new Set(names).size).toBe(names.length);
		expect([journal.epoch(), journal.count(), journal.damaged()]).toEqual(['epoch', last, 2]);
	};

	test('its files stay short, none is written anew, and it is known after a start what left last', () => {
		const journal = open();
		journal.adopt('epoch', 0, 2);
		let mostLines = 0;
		for (let number = 1; number <= 600; number++) {
			leave(journal, number, number);
			mostLines = Math.max(mostLines, linesOf(path()), linesOf(earlierPath()));
			if (number % 97 !== 0) continue;
			expectKnown(journal, number);
			// What another would read that starts now; this one goes on with its own files.
			const kept = [path(), earlierPath()].map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined));
			expectKnown(open(), number);
			for (const [index, file] of [path(), earlierPath()].entries()) {
				const text = kept[index];
				if (text === undefined) rmSync(file, { force: true });
				else writeFileSync(file, text);
			}
		}
		expect(mostLines).toBeLessThanOrEqual(2 * most + 1);
	});

	test.each(['as the next file is begun', 'as all was written anew'])(
		'a crash %s loses and brings back nothing',
		(at) => {
			const journal = open();
			journal.adopt('epoch', 0, 2);
			let last = 0;
			while (!existsSync(earlierPath())) leave(journal, ++last, last);
			if (at === 'as the next file is begun') {
				// What has been written to it so far is of the last lead alone.
				rmSync(path());
				const found = open();
				expect(found.sent().map((each) => each.jobKey)).toEqual(expect.arrayContaining([...latest(last - 1)]));
				expect([found.epoch(), found.count(), found.damaged()]).toEqual(['epoch', last, 2]);
				return;
			}
			leave(journal, last + 1, last + 30);
			last += 30;
			copyFileSync(earlierPath(), `${earlierPath()}.kept`);
			expectKnown(open(), last);
			expect(existsSync(earlierPath())).toBe(false);
			copyFileSync(`${earlierPath()}.kept`, earlierPath());
			expectKnown(open(), last);
		},
	);

	test('a full journal is not written anew as leads leave', () => {
		const journal = open();
		journal.adopt('epoch', 0, 0);
		let longest = 0;
		for (let number = 1; number <= 400; number++) {
			const before = readFileSync(path(), 'utf8');
			leave(journal, number, number);
			const after = readFileSync(path(), 'utf8');
			longest = Math.max(longest, after.startsWith(before) ? after.length - before.length : after.length);
		}
		expect(longest).toBeLessThan(500);
	});
});
