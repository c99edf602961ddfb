import {
	createLead,
	explain,
	interpretResponse,
	outcomeObject,
	readLead,
	recognizeForm,
	wordedOutcome,
} from '../../packages/core/src';
import { createdReply, fakeHost } from '../core/fakeHost';
import { hostileRows } from '../fixtures/hostile';
import { processorMs } from '../fixtures/processorTime';

const connection = { baseUrl: 'https://crm.test/api', organizationId: 'org', apiKey: 'some-key-1' };

const bare = (of: object): readonly PropertyKey[] => Reflect.ownKeys(of);
const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const before = prototypes.map(bare);
afterEach(() => expect(prototypes.map(bare)).toEqual(before));

/** Of the processor, since this machine may be busy; far from what anything that grows with the square would take. */
const longestMs = 10_000;
const timed = <Result>(work: () => Result): Result => {
	const results: Result[] = [];
	expect(processorMs(() => results.push(work()))).toBeLessThan(longestMs);
	return results[0] as Result;
};

test.each(hostileRows(1))(
	'recognizeForm: %s gives drafts or a problem, and each draft a lead or issues',
	(_name, make) => {
		const payload = make();
		const { leads, problem } = timed(() => recognizeForm(payload));
		expect(leads.length + (problem === undefined ? 0 : 1)).toBeGreaterThan(0);
		for (const { draft } of leads.slice(0, 3))
			expect(Object.keys(timed(() => readLead(draft)))).toEqual(expect.arrayContaining(['warnings']));
	},
);

test.each(hostileRows(2))('readLead: %s gives a lead or issues in words that fit a screen', (_name, make) => {
	const reading = timed(() => readLead(make()));
	if ('lead' in reading) expect(typeof JSON.stringify(reading.lead)).toBe('string');
	else for (const { message } of reading.issues) expect(message.length).toBeLessThan(2000);
});

test.each(hostileRows(3))('createLead: %s ends as an outcome', async (_name, make) => {
	const outcome = wordedOutcome(await createLead(make(), connection, {}, fakeHost([createdReply])));
	expect(outcome.message).toMatch(/\w/);
	expect(outcome.message.length).toBeLessThan(20_000);
	expect(typeof JSON.stringify(outcomeObject(outcome))).toBe('string');
});

test.each(hostileRows(4))('interpretResponse: %s as an answer, refused or accepted, is an outcome', (_name, make) => {
	const data = make();
	const text = ((): string => {
		try {
			return JSON.stringify(data);
		} catch {
			// Deeper than this machine can write; as text it is still an answer.
			return '{"a":'.repeat(10_000);
		}
	})();
	for (const status of [201, 400, 404, 500]) {
		for (const body of [data, text])
			expect(timed(() => explain(interpretResponse({ status, headers: {}, body }))).message.length).toBeLessThan(
				20_000,
			);
	}
});

test.each([
	['CR LF and a header', 'org\r\nx-api-key: stolen'],
	['LF', 'org\nx: y'],
	['CR', 'org\rx: y'],
	['NUL', 'org\0'],
	['Arabic', 'مؤسسة'],
	['latin 1', 'orgé'],
	['a half of a character', 'org\ud800'],
	['DEL', 'org\x7f'],
])('%s in the organization or in the key: nothing is sent, and the words say why', async (_name, text) => {
	for (const flawed of [{ organizationId: text }, { apiKey: text }]) {
		const host = fakeHost([]);
		const outcome = await createLead(
			{ firstName: 'Mona', phone: '+201001234567' },
			{ ...connection, ...flawed },
			{},
			host,
		);
		expect([outcome.outcome, explain(outcome).message]).toEqual([
			'failed',
			expect.stringContaining('a character that cannot be sent'),
		]);
		expect(host.sendings).toHaveLength(0);
	}
});

test.each([
	['NUL and halves of characters', { firstName: 'Mo\0\ud800na', phone: '+201001234567' }, 'Mona'],
	['bidi overrides', { firstName: '\u202eMona\u202c', phone: '+201001234567' }, 'Mona'],
	['emoji', { firstName: 'Mona 🏠', phone: '+201001234567' }, 'Mona 🏠'],
])('%s in a name: what a person would read is sent', (_name, draft, firstName) => {
	const reading = readLead(draft);
	expect('lead' in reading && reading.lead.leadInformation.firstName).toBe(firstName);
});
