import { inboxCells, inboxColumns, inboxRow } from '../../../packages/gateway/src/inbox/leadRow';
import { searchOf as searchOfGateway } from '../../../packages/gateway/src/inbox/request';
import { outboxCells, outboxColumns, outboxRow } from '../../../packages/node-red/src/runtime/outbox/leadRows';
import { searchOf as searchOfNodeRed } from '../../../packages/node-red/src/runtime/outbox/readRequest';
import { lists, type Resolution } from '../../../packages/outbox/src/view/actions';
import type { ListRow } from '../../../packages/outbox/src/view/listRow';
import { searchHeaders } from '../../../packages/outbox/src/view/searchText';
import type { QueuedLead } from '../../../packages/node-red/src/runtime/outbox/queuedLead';
import { byCases } from '../../fixtures/cases';
import fc from '../../fixtures/fastCheck';
import { type Outcome, outcomeKinds, outcomeOf } from '@icloud-ready/core';
import type { Entry } from '@icloud-ready/outbox';

const lead = { leadInformation: { firstName: 'Mona', lastName: 'Ali', phone: '+201001234567' } } as QueuedLead['lead'];

const verdicts: readonly (readonly [verdict: Parameters<typeof outcomeOf>[0], status: number | null])[] = [
	[{ outcome: 'created', cause: { kind: 'answered' }, answer: { _id: 'a' } }, 201],
	[{ outcome: 'duplicate', cause: { kind: 'recorded', by: 'phone', value: '+201001234567' } }, null],
	[{ outcome: 'invalid', cause: { kind: 'apiCheck' } }, 400],
	[{ outcome: 'unauthorized', cause: { kind: 'refused' } }, 401],
	[{ outcome: 'forbidden', cause: { kind: 'refused' } }, 403],
	[{ outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs: null } }, 429],
	[{ outcome: 'unconfirmed', cause: { kind: 'interrupted' } }, null],
	[{ outcome: 'failed', cause: { kind: 'status', text: 'Not Found' } }, 404],
];
/** One outcome of each kind, and none. */
const outcomes: readonly (Outcome | null)[] = [
	null,
	...verdicts.map(([verdict, status]) => ({ ...outcomeOf(verdict, { lead, attempts: 1 }), status })),
];
const resolutions: readonly (Resolution | undefined)[] = [undefined, 'arrived', 'discarded'];
const languages = ['en', 'ar'] as const;

const cases = languages.flatMap((language) =>
	lists.flatMap((list) =>
		outcomes.flatMap((outcome) => resolutions.map((resolved) => ({ language, list, outcome, resolved }))),
	),
);
type Case = (typeof cases)[number];

const nameOf = ({ language, list, outcome, resolved }: Case): string =>
	[language, list, outcome?.outcome ?? 'none', resolved ?? 'not resolved'].join(', ');

const entryOf = ({ outcome, resolved }: Case): Entry<QueuedLead> => ({
	id: '000000000000001~',
	arrivedAtMs: Date.UTC(2026, 0, 2),
	endedAtMs: Date.UTC(2026, 0, 3),
	partition: '',
	payload: {
		lead,
		warnings: [],
		key: { by: 'phone', value: '', text: '' },
		policy: {},
		origin: { nodeId: 'node', message: {} },
	},
	outcome,
	...(resolved === undefined ? {} : { resolved }),
});
const inNodeRed = (each: Case): ListRow =>
	outboxRow(entryOf(each), {
		shelf: each.list,
		language: each.language,
		why: () => undefined,
		nodeName: () => undefined,
	});
const leadOf = (each: Case): Parameters<typeof inboxRow>[0] => {
	const { id, arrivedAtMs, endedAtMs = 0, outcome, resolved } = entryOf(each);
	return {
		id,
		publicId: '1',
		arrivedAtMs,
		endedAtMs,
		name: 'Mona Ali',
		phone: '+201001234567',
		outcome: outcome?.outcome ?? null,
		...(outcome === null ? {} : { sent: outcome }),
		...(resolved === undefined ? {} : { resolved }),
	};
};
const inGateway = (each: Case): ListRow => inboxRow(leadOf(each), each.list, each.language);

test('there is a case for each kind of outcome', () => {
	expect(outcomes.map((outcome) => outcome?.outcome)).toEqual([undefined, ...outcomeKinds.map(({ kind }) => kind)]);
	expect(cases).toHaveLength(2 * 3 * 9 * 3);
});

// F2: "Send again" asked different questions in the two for invalid, failed and unknown outcomes.
test.each(cases.map((each) => [nameOf(each), each] as const))(
	'%s: both hosts offer the same, ask the same and say the same',
	(_name, each) => {
		const [{ id: _id, ...nodeRed }, { id: _other, ...gateway }] = [inNodeRed(each), inGateway(each)];
		const { name, phone, arrivedAtMs, endedAtMs, kind, state, message, hint, notes, actions, acted, mayCorrect } =
			nodeRed;
		expect(gateway).toEqual({
			publicId: '1',
			...{ name, phone, arrivedAtMs, endedAtMs, kind, state, message, hint, notes, actions, acted, mayCorrect },
		});
	},
);

test.each([
	['invalid', 'anew'],
	['failed', 'anew'],
	[null, 'mayExist'],
] as const)('F2: to send one that ended as %s again asks "%s" in both', (kind, question) => {
	const outcome = outcomes.find((each) => (each?.outcome ?? null) === kind) ?? null;
	const each: Case = { language: 'en', list: 'ended', outcome, resolved: undefined };
	for (const row of [inNodeRed(each), inGateway(each)]) expect(row.actions).toEqual([{ action: 'retry', question }]);
});

// F6: the column was "Invalid" in one and "Invalid (400)" in the other.
test.each(cases.map((each) => [nameOf(each), each] as const))('%s: both files say the same', (_name, each) => {
	const { list, language } = each;
	const nodeRed = new Map(
		outboxCells(entryOf(each), list, language).map((cell, index) => [outboxColumns(language)[index], cell] as const),
	);
	const gateway = inboxCells(inboxRow(leadOf(each), list, language));
	const shared = inboxColumns(language).flatMap((column, index) =>
		nodeRed.has(column) ? [[column, gateway[index]] as const] : [],
	);
	// All of the gateway's but the whole name, which has two columns in Node-RED, the organization, and its own ID.
	expect(shared.map(([column]) => column)).toEqual(
		inboxColumns(language).filter((_column, index) => index !== 2 && index !== 6 && index !== 10),
	);
	for (const [column, cell] of shared) expect([column, nodeRed.get(column)]).toEqual([column, cell]);
	expect(nodeRed.get(inboxColumns(language)[7])).not.toMatch(/[()]/);
});

describe('F5: what is looked for is no part of an address', () => {
	const asked = (header: string | undefined, text?: string) => {
		const query: Readonly<Record<string, string | undefined>> = { list: 'ended', shelf: 'ended', text };
		const nodeRed = searchOfNodeRed(query, header);
		const gateway = searchOfGateway(
			(name) => query[name],
			() => header,
		);
		return { nodeRed: 'search' in nodeRed ? nodeRed.search.text : null, gateway: gateway?.text ?? null };
	};

	test.each([
		['Mona', 'Mona'],
		['+20 100 123 4567', '+20 100 123 4567'],
		['منى حسن', 'منى حسن'],
		['  Mona ', 'Mona'],
		['half a letter \ud83d', 'half a letter \ufffd'],
	])('"%s" comes as the header, in both', (text, found) => {
		expect(asked(searchHeaders(text)['x-search'])).toEqual({ nodeRed: found, gateway: found });
	});

	test.each(['Mona', ''])('"%s" in the address is refused, in both', (text) => {
		expect(asked(undefined, text)).toEqual({ nodeRed: null, gateway: null });
	});
});

test('whatever is asked, both answer with a search or a refusal, and both with the same', () => {
	const word = fc.oneof(
		fc.constantFrom('ended', 'waiting', '', '0', '1', '50', '999999999', 'sending', '000000000000001~'),
		fc.string({ maxLength: 300, unit: 'binary' }),
	);
	const field = fc.option(word, { nil: undefined });
	fc.assert(
		fc.property(field, field, field, field, field, (list, text, after, limit, header) => {
			const query: Readonly<Record<string, string | undefined>> = { list, text, after, limit };
			const gateway = searchOfGateway(
				(name) => query[name],
				() => header,
			);
			const nodeRed = searchOfNodeRed({ ...query, shelf: list }, header);
			if ('problem' in nodeRed) expect(nodeRed.problem).toMatch(/^[A-Z].*\.$/);
			// Node-RED shows what is on its way too, and its places look otherwise.
			else if (list !== 'sending')
				expect(gateway).toEqual({
					list: nodeRed.search.shelf,
					text: nodeRed.search.text ?? '',
					limit: nodeRed.search.limit,
					...(nodeRed.search.after === undefined ? {} : { after: nodeRed.search.after }),
				});
			if (gateway !== undefined) {
				expect(gateway.limit).toBeGreaterThanOrEqual(1);
				expect(gateway.limit).toBeLessThanOrEqual(200);
				expect(gateway.text.length).toBeLessThanOrEqual(200);
			}
		}),
		{ numRuns: byCases({ few: 500, more: 2000, all: 50_000 }) },
	);
});

test('any JSON as a query of Node-RED is read or refused in words', () => {
	fc.assert(
		fc.property(
			fc.dictionary(fc.constantFrom('shelf', 'text', 'after', 'limit'), fc.jsonValue()),
			fc.jsonValue(),
			(query, header) => {
				const read = searchOfNodeRed(query, header);
				if ('problem' in read) expect(read.problem).toMatch(/^[A-Z].*\.$/);
				else expect(lists.includes(read.search.shelf as never) || read.search.shelf === 'sending').toBe(true);
			},
		),
		{ numRuns: byCases({ few: 300, more: 1000, all: 20_000 }) },
	);
});
