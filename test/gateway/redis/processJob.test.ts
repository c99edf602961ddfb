import type { Account } from '../../../packages/gateway/src/leads/accounts';
import { replayOf } from '../../../packages/gateway/src/stores/redis/enqueue';
import type { JobContext } from '../../../packages/gateway/src/stores/redis/jobContext';
import { createLeadStates } from '../../../packages/gateway/src/stores/redis/leadStates';
import { isWanted, rowOf } from '../../../packages/gateway/src/stores/redis/leadRows';
import { createAdmin } from '../../../packages/gateway/src/stores/redis/admin';
import { createBullSignals } from '../../../packages/gateway/src/stores/redis/bullSignals';
import { createProcessJob, newerPauseMs } from '../../../packages/gateway/src/stores/redis/processJob';
import { jobKey, queueKey } from '../../../packages/gateway/src/stores/redis/redisKeys';
import { leadText } from '../../../packages/gateway/src/stores/redis/ledger';
import type { LeadRecord } from '../../../packages/gateway/src/stores/redis/schema/lead';
import { parsedText } from '../../../packages/gateway/src/stores/redis/schema/stored';
import type { LeadJob, LeadWorker } from '../../../packages/gateway/src/stores/redis/workers';
import { byCases } from '../../fixtures/cases';
import { account, created, idOf, lead, nowMs, openStand, recordOf, refused, type Stand, unconfirmed } from './stand';
import fc from '../../fixtures/fastCheck';

const id = idOf();

class Signal extends Error {}
const bull = {
	DelayedError: class extends Signal {},
	WaitingError: class extends Signal {},
	UnrecoverableError: class extends Signal {},
	Worker: { RateLimitError: () => new Signal('limited') },
};

interface Run {
	/** What BullMQ was told: the word of its error, or that the job is completed. */
	readonly told: string;
	readonly sent: number;
	readonly delayedMs: readonly number[];
	readonly ended: readonly string[];
	readonly keyNeeded: readonly string[];
}

/** Lets a job be processed that another wrote into the queue of `key`; the API answers `answer`. */
const run = async (stand: Stand, answer = created, changed: Partial<JobContext> = {}): Promise<Run> => {
	const delayedMs: number[] = [];
	const ended: string[] = [];
	const keyNeeded: string[] = [];
	let sent = 0;
	const context: JobContext = {
		signals: createBullSignals(
			bull as never,
			() => nowMs,
			() => 0,
		),
		redis: stand.redis,
		jobs: stand.jobs,
		unread: stand.unread,
		breakers: {
			of: async () => await Promise.resolve({}),
			refused: async () => await Promise.resolve({ kind: 'open', untilMs: 5000 }),
			unanswered: async () => await Promise.resolve(undefined),
			undecided: async () => await Promise.resolve(),
			passed: async () => await Promise.resolve({ wasOrganizationHeld: false, refused: [] }),
			passes: async () => await Promise.resolve(0),
		} as never,
		limiter: {} as never,
		send: async () => {
			sent++;
			return await Promise.resolve(answer);
		},
		events: {
			attempt: () => undefined,
			ended: (_id, outcome) => void ended.push(outcome.outcome),
			notice: () => undefined,
		},
		credentialsOf: ({ sealed }) => (sealed === 'sealed' ? { apiKey: 'k', organizationId: 'o' } : undefined),
		onKeyNeeded: async (_account: Account, needed) => {
			keyNeeded.push(needed);
			await Promise.resolve();
		},
		onKeyRefused: async () => await Promise.resolve(),
		isVerified: async () => await Promise.resolve(true),
		olderCopy: {
			known: () => ({ epoch: '', sentCount: 0 }),
			look: async () => await Promise.resolve(),
			left: () => undefined,
			back: () => undefined,
		},
		unverifiedForMs: 3_600_000,
		onAnswered: () => undefined,
		onHoldChanged: () => undefined,
		newSendingId: () => 'me:1',
		timeoutMs: 30_000,
		now: () => nowMs,
		monotonicMs: () => 0,
		sleep: async () => await Promise.resolve(),
		isClosed: () => false,
		...changed,
	};
	const job = {
		id,
		data: parsedText(String(stand.call('hget', queueKey(account.group, id), 'data'))),
		moveToDelayed: async (atMs: number) => await Promise.resolve(void delayedMs.push(atMs - nowMs)),
		moveToWait: async () => await Promise.resolve(),
	} as unknown as LeadJob;
	const worker = { name: account.group, rateLimit: async () => await Promise.resolve() } as unknown as LeadWorker;
	const told = await createProcessJob(context)(job, 'mine', worker).then(
		() => 'completed',
		(error: unknown) =>
			error instanceof bull.DelayedError
				? 'delayed'
				: error instanceof bull.WaitingError
					? 'waiting'
					: (error as Error).message,
	);
	return { told, sent, delayedMs, ended, keyNeeded };
};
const standWith = (data: LeadRecord | string): Stand => {
	const stand = openStand();
	stand.put(id, data, { bull: 'active', lock: 'mine' });
	return stand;
};

test.each<[name: string, record: LeadRecord, answer: typeof created, told: string, sent: number, index: string]>([
	['created', recordOf(), created, 'completed', 1, 'ended'],
	['an answer that was lost', recordOf(), unconfirmed, 'unconfirmed', 1, 'unconfirmed'],
	['a refused key', recordOf(), refused, 'limited', 1, 'open'],
	[
		'cut off on its way by a gateway that died',
		recordOf({ sent: { atMs: 1, by: 'x' } }),
		created,
		'unconfirmed',
		0,
		'unconfirmed',
	],
	['its key is gone', recordOf({ sealed: undefined }), created, 'delayed', 0, 'open'],
	['over already', recordOf({ endedAtMs: 1, outcome: unconfirmed }), created, 'unconfirmed', 0, 'open'],
])('a lead that can be read: %s', async (_name, record, answer, told, sent, index) => {
	const stand = standWith(record);
	expect(await run(stand, answer)).toMatchObject({ told, sent });
	expect(stand.placeOf(id).index).toBe(index);
	expect(stand.notices).toEqual([]);
});

test.each([
	['just now', 0, 1000],
	['for a minute', 60_000, 180_000],
	['nearly as long as it may', 3_500_000, 360_000],
	['longer than it may, behind others of its key', 400_000_000, 360_000],
])(
	'a refused key that was never verified, whose lead waits %s: a pause of no more than it may wait',
	async (...row) => {
		const [, waitedMs, askedMs] = row;
		const refusals: unknown[] = [];
		const breakers = {
			of: async () => await Promise.resolve({}),
			refused: async (_account: Account, answer: { readonly askedMs?: number }) => {
				refusals.push(answer.askedMs);
				return await Promise.resolve({ kind: 'open', untilMs: 5000 });
			},
		} as never;
		await run(standWith(recordOf({ arrivedAtMs: nowMs - waitedMs })), refused, {
			breakers,
			isVerified: async () => await Promise.resolve(false),
		});
		expect(refusals).toEqual([askedMs]);
	},
);

test('another has its lock by now: it is not sent', async () => {
	const stand = openStand();
	stand.put(id, recordOf(), { bull: 'active', lock: 'another' });
	expect(await run(stand)).toMatchObject({ told: 'waiting', sent: 0 });
});

const written = JSON.parse(leadText(recordOf())) as Record<string, unknown>;
test.each<[name: string, data: string]>([
	['no JSON', `{"sealed":"sealed","firstName":"Mona","phone":"+201001234567"`],
	['nothing', ''],
	['null', 'null'],
	['a number', '5'],
	['a list', '[]'],
	// Without its key it only waits for it.
	...Object.keys(written)
		.filter((name) => name !== 'sealed')
		.map((name): [string, string] => {
			const { [name]: _, ...rest } = written;
			return [`no ${name}`, JSON.stringify(rest)];
		}),
	...Object.keys(written).map((name): [string, string] => [
		`${name} of another type`,
		JSON.stringify({ ...written, [name]: [1] }),
	]),
	['in the queue of another key', JSON.stringify({ ...written, account: 'another.organization' })],
	[
		'of another organization than it was taken in for',
		JSON.stringify({ ...written, account: 'key.another', sealed: 'for another' }),
	],
])('a lead that nobody can read, %s: never sent, unconfirmed, told, and kept as it was', async (_name, data) => {
	const stand = standWith(data);
	const { told, sent, ended } = await run(stand);
	expect({ told, sent, ended }).toEqual({ told: 'unconfirmed', sent: 0, ended: ['unconfirmed'] });
	expect(stand.placeOf(id)).toEqual({
		bull: 'active',
		index: 'unconfirmed',
		isSending: false,
		isUnverified: false,
		share: 0,
	});
	expect(stand.notices).toEqual([expect.stringMatching(new RegExp(`^Lead ${id} cannot be read\\. It is not sent`))]);
	expect(stand.counted).toEqual(['lead damaged']);
	const { record } = await stand.read(id);
	expect(record).toMatchObject({ account: account.id, unreadable: true });
	expect(record.original?.replace(/"sealed":""/, '')).toBe(data.replace(/"sealed":"[^"]*"/, ''));
	// A person may say what became of it, and cannot have it sent.
	expect(
		await createAdmin({
			redis: stand.redis,
			jobs: stand.jobs,
			workerPool: {} as never,
			onReopened: () => undefined,
			now: () => nowMs,
		}).retry(jobKey(account, id)),
	).toBe(false);
});

describe('a lead that a newer gateway wrote', () => {
	const newer = JSON.stringify({ schemaVersion: 2, person: { name: 'Mona' } });
	const read = { kind: 'newer' } as const;

	test('is left as it is for a while, told once and counted once', async () => {
		const stand = standWith(newer);
		const before = stand.placeOf(id);
		for (let round = 0; round < 3; round++)
			expect(await run(stand)).toEqual({ told: 'delayed', sent: 0, delayedMs: [30_000], ended: [], keyNeeded: [] });
		expect({ place: stand.placeOf(id), data: stand.call('hget', queueKey('key', id), 'data') }).toEqual({
			place: before,
			data: newer,
		});
		expect(stand.notices).toEqual([
			'Leads in Redis were written by a newer gateway (schema version 2). They are left for it and wait until one runs. Update this gateway as well.',
		]);
		expect(stand.counted).toEqual(['lead newer']);
	});
	test.each([
		[0, 500],
		[-5000, 500],
		[8000, 2000],
		[3_600_000, 30_000],
	])('of an age of %s ms it is left alone for %s', (ageMs, pauseMs) => {
		expect(newerPauseMs(idOf(1, nowMs - ageMs), nowMs)).toBe(pauseMs);
	});
	test('is neither sent again, nor said to have arrived, nor discarded', async () => {
		const stand = openStand();
		const key = stand.put(id, newer, { bull: 'failed', index: 'unconfirmed' });
		const admin = createAdmin({
			redis: stand.redis,
			jobs: stand.jobs,
			workerPool: {} as never,
			onReopened: () => undefined,
			now: () => nowMs,
		});
		expect([await admin.retry(key), await admin.arrived(key), await admin.discard(key)]).toEqual([false, false, false]);
		expect(stand.call('hget', queueKey('key', id), 'data')).toBe(newer);
	});
	test.each<[index: 'open' | 'unconfirmed' | 'ended', kind: string | undefined]>([
		['open', 'waiting'],
		['unconfirmed', 'waiting'],
		['ended', 'waiting'],
	])('is told as waiting to its giver, to nobody else, while it is in %s', async (index, kind) => {
		const stand = openStand();
		stand.put(id, newer, { index });
		const states = createLeadStates({
			redis: stand.redis,
			jobs: stand.jobs,
			holdReasonOf: async () => await Promise.resolve(undefined),
			isOwn: () => false,
		});
		expect([(await states(account, id))?.kind, await states({ ...account, id: 'key.stranger' }, id)]).toEqual([
			kind,
			undefined,
		]);
	});
	test('stands in the lists of the inbox without a name, and no search finds it', () => {
		const key = jobKey(account, id);
		expect(rowOf(key, read, undefined)).toEqual({
			id: key,
			publicId: id,
			email: '',
			source: '',
			organization: 'organization',
			arrivedAtMs: nowMs - 3_600_000,
			name: '',
			phone: '',
			outcome: null,
		});
		expect([isWanted(read, 'waiting', ''), isWanted(read, 'ended', 'mona')]).toEqual([true, false]);
	});
});

const given = {
	credentials: { apiKey: 'k', organizationId: 'o' },
	account,
	lead,
	body: '{"a":1}',
	key: { text: 'mark', isNamed: true },
};
test.each<[name: string, before: Parameters<typeof replayOf>[2], expected: ReturnType<typeof replayOf>]>([
	['there is none', undefined, undefined],
	['the same body waits', stored({ body: '{ "a": 1 }' }), { kind: 'kept', id, isReplay: true }],
	['another body waits', stored({ body: '{"a":2}' }), { kind: 'otherBody', id }],
	['it was surely not created', stored({ outcome: refused, endedAtMs: 1 }), undefined],
	[
		'nobody knows whether it was created',
		stored({ body: '{"a":1}', outcome: unconfirmed, endedAtMs: 1 }),
		{ kind: 'kept', id, isReplay: true },
	],
	['a newer gateway wrote it', { kind: 'newer' }, { kind: 'kept', id, isReplay: true }],
	[
		'nobody can read it',
		stored({ body: '', unreadable: true, outcome: unconfirmed }),
		{ kind: 'kept', id, isReplay: true },
	],
	['its account was written over', { kind: 'foreign' }, { kind: 'kept', id, isReplay: true }],
])('a lead whose key is that of one before, and %s', (_name, before, expected) => {
	expect(replayOf(given, id, before)).toEqual(expected);
});
function stored(changed: Partial<LeadRecord>): Parameters<typeof replayOf>[2] {
	return { kind: 'lead', id, account, text: '', record: recordOf(changed) };
}

test('whatever a job holds, it is sent once or not at all, ends or waits, and nothing throws', async () => {
	const changes = fc.dictionary(
		fc.constantFrom(...Object.keys(written), 'sent', 'endedAtMs', 'forbidden', 'added'),
		fc.jsonValue(),
		{ maxKeys: 3 },
	);
	await fc.assert(
		fc.asyncProperty(changes, async (changed) => {
			const data = JSON.stringify({ ...written, ...changed });
			const stand = standWith(data);
			const result = await run(stand);
			expect(['completed', 'delayed', 'unconfirmed']).toContain(result.told);
			const { index } = stand.placeOf(id);
			const isLeft = result.told === 'delayed';
			if (isLeft)
				expect({ sent: result.sent, index, data: stand.call('hget', queueKey('key', id), 'data') }).toEqual({
					sent: 0,
					index: 'open',
					data,
				});
			// One that was over before stays where its index has it.
			else if (index === 'open') expect(result.sent).toBe(0);
			else expect(result.ended).toEqual([result.sent === 1 ? 'created' : 'unconfirmed']);
			expect(stand.notices.length).toBe(stand.counted.length);
		}),
		{ numRuns: byCases({ few: 40, more: 100, all: 5000 }) },
	);
});
