import { recognizeForm } from '../../packages/core/src';
import { byCases, cases, chosen } from '../fixtures/cases';
import { countChanges, type Data, leadChanges, leadsOf as leadsBy, twoChanges } from '../fixtures/leadChanges';
import { shapes } from '../fixtures/payloads';

const leadsOf = (payload: unknown, defaultCountry: string): string => leadsBy(payload, defaultCountry, recognizeForm);
const shareOf = (other: readonly string[], tried: number): string =>
	`${(100 - (100 * other.length) / tried).toFixed(2)} % the same`;

const people = shapes.filter(({ expected, notYet }) => expected.length > 0 && !notYet);
/** Of whom every change is tried. */
const changed = chosen(
	people,
	byCases({ few: Math.ceil(people.length / 3), more: people.length, all: people.length }),
	1,
);

test('changes that say nothing of the lead leave it the same, and never bring somebody else', () => {
	const changes = [...leadChanges, ...twoChanges(byCases({ few: 5, more: 20, all: 600 }))];
	const { tried, other, foreign } = countChanges(changed, changes, recognizeForm);
	expect(leadChanges.length).toBeGreaterThanOrEqual(25);
	expect(foreign).toEqual([]);
	if (cases === 'all')
		process.stdout.write(`${tried} changes, ${other.length} of them another lead: ${shareOf(other, tried)}\n`);
	expect({ other, share: other.length / tried < 0.01 }).toMatchObject({ share: true });
});

test('names in brackets that were put in brackets again are the groups that they say', () => {
	const twice = {
		'data[data[lead][name]]': 'Mona Ali',
		'data[data[lead][phone]]': '01000000201',
		'data[data[company][phone]]': '0225000094',
	};
	const said = { lead: { name: 'Mona Ali', phone: '01000000201' }, company: { phone: '0225000094' } };
	expect(leadsOf(twice, 'EG')).toBe(leadsOf({ data: { data: said } }, 'EG'));
	expect(leadsOf(twice, 'EG')).toContain('+201000000201');
});

/** Every text with the same digits in it, with others. */
const withDigits = (value: unknown, from: RegExp, to: string): unknown =>
	JSON.parse(JSON.stringify(value).replace(from, to)) as unknown;

test('another phone is another lead', () => {
	const called = people.filter(({ expected }) => expected[0]?.phone !== undefined);
	const same = called.filter(({ payload, expected, defaultCountry }) => {
		const digits = String(expected[0]?.phone ?? '').slice(-9);
		const changed = withDigits(payload, new RegExp(digits, 'g'), `${digits.slice(0, -2)}77`);
		return (
			JSON.stringify(changed) !== JSON.stringify(payload) &&
			leadsOf(changed, defaultCountry) === leadsOf(payload, defaultCountry)
		);
	});
	expect(same.map(({ name }) => name)).toEqual([]);
});

test.each<[name: string, change: Data]>([
	['an own message', { fromMe: true, messageType: 'text', body: 'hello' }],
	['an outgoing call', { direction: 'outbound', callId: 'c1', duration: 5 }],
	['a booking that was canceled', { event: 'booking.cancelled', start_time: '2026-01-01T10:00:00Z' }],
])('%s is no lead, whoever it names', (_, change) => {
	const person = { name: 'Mona Ali', phone: '+201000000201' };
	expect(recognizeForm(person).leads).toHaveLength(1);
	const { leads, problem } = recognizeForm({ ...person, ...change });
	expect([leads.length, problem?.kind]).toEqual([0, 'notALead']);
});

test.each<[name: string, payload: Data]>([
	['an id alone', { 'data[FIELDS][ID]': '77' }],
	['an id with what happened', { event: 'lead.created', lead_id: '5', created_at: '2026-01-01T10:00:00Z' }],
])('%s says to fetch the lead first', (_, payload) => {
	const { leads, problem } = recognizeForm(payload);
	expect([leads.length, problem?.kind]).toEqual([0, 'fetchFirst']);
	expect(problem?.message).toContain('Fetch the lead');
});
