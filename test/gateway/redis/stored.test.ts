import { initialLimiter, onThrottled } from '../../../packages/core/src';
import { endedWith, reopened, waitingWith } from '../../../packages/gateway/src/stores/redis/jobData';
import { leadText } from '../../../packages/gateway/src/stores/redis/ledger';
import { redisNowMs } from '../../../packages/gateway/src/stores/redis/schema/answers';
import { eventText, readEvent } from '../../../packages/gateway/src/stores/redis/schema/event';
import { holdText, readHold } from '../../../packages/gateway/src/stores/redis/schema/hold';
import { readLead } from '../../../packages/gateway/src/stores/redis/schema/lead';
import { paceText, readPace } from '../../../packages/gateway/src/stores/redis/schema/pace';
import { parsedText } from '../../../packages/gateway/src/stores/redis/schema/stored';
import { account, created, idOf, nowMs, recordOf } from './stand';
import fc from '../../fixtures/fastCheck';

type Json = Record<string, unknown>;

const full = recordOf({
	againAtMs: nowMs,
	sent: { atMs: nowMs, by: 'me:1' },
	outcome: created,
	endedAtMs: nowMs,
	resolved: 'arrived',
	forbidden: { times: 1, lastAtMs: nowMs, passes: 2 },
	unreadable: true,
	original: 'x',
});
const pace = { ...onThrottled(initialLimiter(nowMs), nowMs, 60_000, nowMs), notedAtMs: nowMs };

/** Each thing that lies in Redis, as it is written, how it is read, and which of its fields may be missing. */
const things: readonly {
	readonly name: string;
	readonly text: string;
	readonly read: (text: string) => { readonly kind: string };
	readonly optional: readonly string[];
}[] = [
	{
		name: 'a lead',
		text: leadText(full),
		read: (text) => readLead(parsedText(text), account.id),
		optional: ['againAtMs', 'sealed', 'sent', 'endedAtMs', 'resolved', 'forbidden', 'unreadable', 'original'],
	},
	{
		name: 'a hold',
		text: holdText({ why: 'key', consecutiveFailures: 1, sinceMs: nowMs, untilMs: nowMs + 1000 }),
		read: readHold,
		optional: [],
	},
	{ name: 'a pace', text: paceText(pace), read: readPace, optional: [] },
	...(
		[
			{ kind: 'ended', jobKey: `${idOf()}~${account.id}` },
			{ kind: 'answered', group: 'key', isLimited: true, retryAfterMs: null, agoMs: 5 },
			{
				kind: 'answered',
				group: 'key',
				isLimited: false,
				retryAfterMs: null,
				agoMs: 5,
				quota: { remaining: 3, quota: null, resetMs: 500, windowMs: null },
			},
			{ kind: 'lost', group: 'key', agoMs: 5 },
			{ kind: 'verified', account: account.id },
			{ kind: 'keyNeeded', account: account.id },
		] as const
	).map((event) => ({
		name: `that ${event.kind}`,
		text: eventText(event),
		read: readEvent,
		optional: 'quota' in event ? ['quota'] : [],
	})),
];

const wrong: readonly unknown[] = [[], [1], { no: 1 }, 'no ~ such', -1.5, null, true, false];
/** What is of the right type in some field nevertheless. */
const isFine = (name: string, value: unknown): boolean =>
	(['body', 'sealed', 'original'].includes(name) && typeof value === 'string') ||
	(['isLimited', 'anySinceHold'].includes(name) && typeof value === 'boolean') ||
	(['outcome', 'rate', 'heldAtMs', 'retryAfterMs'].includes(name) && value === null) ||
	(name === 'unreadable' && value === true) ||
	(typeof value === 'number' &&
		[
			'consecutiveFailures',
			'sinceMs',
			'untilMs',
			'rateSetAtMs',
			'answeredAtMs',
			'heldUntilMs',
			'heldAtMs',
			'nextAtMs',
			'notedAtMs',
			'agoMs',
		].includes(name)) ||
	(name === 'lately' && Array.isArray(value) && value.length === 0);

describe.each(things)('$name', ({ text, read, optional }) => {
	const whole = JSON.parse(text) as Json;
	const kindOf = (value: unknown): string => read(JSON.stringify(value)).kind;
	const rows = Object.keys(whole).flatMap((name) =>
		wrong.filter((value) => !isFine(name, value)).map((value) => [name, value] as const),
	);

	test('is read as it was written', () => {
		expect(kindOf(whole)).toBe('known');
	});
	test('each field of each wrong type: damaged', () => {
		expect(rows.length).toBeGreaterThan(10);
		expect(rows.filter(([name, value]) => kindOf({ ...whole, [name]: value }) !== 'damaged')).toEqual([]);
	});
	test.each(Object.keys(whole))('without %s', (name) => {
		const { [name]: _, ...rest } = whole;
		expect(kindOf(rest)).toBe(optional.includes(name) ? 'known' : 'damaged');
	});
	test.each<[name: string, text: string]>([
		['no JSON', '{'],
		['an empty text', ''],
		['another JSON', '[1]'],
		['the word null', 'null'],
		['a text in quotes', '"x"'],
	])('%s: damaged', (_name, each) => {
		expect(read(each).kind).toBe('damaged');
	});
	test.each([2, 7, 2 ** 40])('of version %s it is left alone, whatever else it holds', (schemaVersion) => {
		expect([{ schemaVersion }, { ...whole, schemaVersion }].map(kindOf)).toEqual(['newer', 'newer']);
	});
});

describe('whatever else is written over a thing in Redis', () => {
	const anything = fc.oneof({ weight: 3, arbitrary: fc.jsonValue() }, { weight: 1, arbitrary: fc.constant(undefined) });
	/** A thing with some of its fields, or fields within them, changed to anything, and some added. */
	const changed = (whole: Json): fc.Arbitrary<Json> =>
		fc
			.array(fc.tuple(fc.constantFrom(...Object.keys(whole), 'added'), fc.option(fc.string()), anything), {
				minLength: 1,
				maxLength: 4,
			})
			.map((changes) => {
				const made: Json = structuredClone(whole);
				for (const [name, inner, value] of changes) {
					const part = made[name];
					if (inner !== null && typeof part === 'object' && part !== null && !Array.isArray(part)) {
						const names = Object.keys(part);
						(part as Json)[names[inner.length % names.length] ?? inner] = value;
					} else made[name] = value;
				}
				return made;
			});

	test.each(things)('$name: nothing throws', ({ text, read }) => {
		fc.assert(
			fc.property(changed(JSON.parse(text) as Json), (value) => {
				expect(['known', 'newer', 'damaged']).toContain(read(JSON.stringify(value)).kind);
			}),
			{ numRuns: 100 },
		);
	});

	test('a lead: what is read can be written and read again, and nothing of it is lost', () => {
		fc.assert(
			fc.property(fc.oneof(changed(JSON.parse(leadText(full)) as Json), fc.jsonValue()), (value) => {
				const text = JSON.stringify(value);
				const stored = readLead(parsedText(text), account.id);
				if (stored.kind === 'newer') return;
				const record = stored.value;
				for (const next of [
					record,
					endedWith(record, created, nowMs),
					waitingWith(record, created, nowMs),
					reopened(record, nowMs),
				])
					expect(readLead(parsedText(leadText(next)), account.id).kind).toBe('known');
				// A text stands for itself, whether it was JSON or not.
				const original = typeof value === 'string' ? value : text;
				if (stored.kind === 'damaged')
					expect(record.original).toBe(original.replace(/"sealed":"[^"]*"?/g, '"sealed":""'));
				else expect(JSON.parse(leadText(record))).toEqual(JSON.parse(text));
			}),
			{ numRuns: 200 },
		);
	});
});

test('what another gateway of this version adds is kept when a lead is written anew', () => {
	const added = { ...(JSON.parse(leadText(full)) as Json), added: { by: 'another' } };
	const stored = readLead(added, account.id);
	if (stored.kind !== 'known') throw new Error('It is one.');
	for (const next of [
		endedWith(stored.value, created, nowMs),
		waitingWith(stored.value, created, nowMs),
		reopened(stored.value, nowMs),
	])
		expect(JSON.parse(leadText(next))).toMatchObject({ added: { by: 'another' } });
});

test.each<[time: unknown, ms: number]>([
	[['1800000000', '500000'], 1_800_000_000_500],
	[['x', '1'], 0],
	[null, 0],
	[[], 0],
	['1', 0],
])('the time of Redis, as %j', (time, ms) => {
	expect(redisNowMs(time)).toBe(ms);
});
