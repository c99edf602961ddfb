import { recognizeForm } from '../../packages/core/src';
import { byCases, chosen, seed } from '../fixtures/cases';
import { shapes } from '../fixtures/payloads';

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Somebody else's; none of it may ever be a lead's. */
const stranger = { name: 'Wrongname Strangerson', phone: '+201277777299', email: 'stranger@broker.example' };
const things = {
	property: { title: 'Villa Nowhere', city: 'Zayed', country: 'Saudi Arabia', address: '12 Palm' },
	project: { name: 'Project Nowhere', country: 'Qatar' },
	page: { id: '5', title: 'Page Nowhere' },
};

const reordered = (value: unknown): unknown =>
	isData(value)
		? Object.fromEntries(
				Object.entries(value)
					.reverse()
					.map(([key, inner]) => [key, reordered(inner)]),
			)
		: value;

const bracketed = (value: unknown, path: string): readonly (readonly [string, unknown])[] => {
	if (typeof value !== 'object' || value === null) return [[path, value]];
	return Object.entries(value).flatMap(([key, inner]) => bracketed(inner, path === '' ? key : `${path}[${key}]`));
};

/** Only what is no question's number of its own and no structure may be called otherwise. */
const isFlat = (payload: Data): boolean =>
	Object.values(payload).every((value) => typeof value !== 'object' || value === null) &&
	!Object.keys(payload).some((key) => /\[|^(?:row_number|form_?id|lead_id|rawRequest|formMode)$/i.test(key));
const renamed = (payload: Data, name: (key: string) => string): Data =>
	isFlat(payload) ? Object.fromEntries(Object.entries(payload).map(([key, value]) => [name(key), value])) : payload;

const beside =
	(name: string, value: unknown, isFirst: boolean) =>
	(payload: Data): unknown =>
		isFirst ? { [name]: value, ...payload } : { ...payload, [name]: value };
const person = ['agent', 'agent_details', 'owner', 'assigned_to', 'organizer', 'consultant', 'المندوب'];

/** Names of fields that mean the same in the other language. */
const pairs = [
	['first name', 'الاسم الأول'],
	['first_name', 'الاسم الأول'],
	['last name', 'اسم العائلة'],
	['last_name', 'اسم العائلة'],
	['full name', 'الاسم بالكامل'],
	['full_name', 'الاسم بالكامل'],
	['phone number', 'رقم الهاتف'],
	['phone_number', 'رقم الهاتف'],
	['phone', 'الهاتف'],
	['email', 'البريد الإلكتروني'],
	['city', 'المدينة'],
] as const;
const translated: ReadonlyMap<string, string> = new Map(
	pairs.flatMap(([one, other]) => [
		[one, other],
		[other, one],
	]),
);

/** Long ids and phones as numbers, as a sheet or a script makes of them; what begins with a zero or a plus would be another. */
const numbers = (value: unknown): unknown => {
	if (typeof value === 'string' && /^[1-9]\d{9,14}$/.test(value)) return Number(value);
	if (Array.isArray(value)) return value.map(numbers);
	return isData(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, numbers(inner)])) : value;
};

/** Changes that leave a lead what it is. */
const changes: readonly (readonly [name: string, change: (payload: Data) => unknown])[] = [
	['reordered', reordered],
	['as JSON text', (payload) => JSON.stringify(payload)],
	['in a list', (payload) => [payload]],
	['in body', (payload) => ({ body: payload })],
	['in data', (payload) => ({ data: payload })],
	['in payload', (payload) => ({ payload })],
	['in JSON text in data', (payload) => ({ data: JSON.stringify(payload) })],
	['deeper', (payload) => ({ a: { b: { c: payload } } })],
	["in n8n's webhook", (payload) => ({ headers: { host: 'x' }, params: {}, query: {}, body: payload })],
	['in a list in a body', (payload) => ({ body: [payload] })],
	['in brackets', (payload) => Object.fromEntries(bracketed(payload, ''))],
	['in brackets below data', (payload) => Object.fromEntries(bracketed({ data: payload }, ''))],
	...person.flatMap((name): readonly (readonly [string, (payload: Data) => unknown])[] => [
		[`${name} before`, beside(name, stranger, true)],
		[`${name} after`, beside(name, stranger, false)],
	]),
	...Object.entries(things).flatMap(([name, thing]): readonly (readonly [string, (payload: Data) => unknown])[] => [
		[`${name} before`, beside(name, thing, true)],
		[`${name} after`, beside(name, thing, false)],
	]),
	['another question', beside('Do you like the sea view?', 'very much', false)],
	['an agent two levels up', beside('listing', { agent: { contact: stranger } }, true)],
	['flat words of an agent', (payload) => ({ agent_name: stranger.name, agent_phone: stranger.phone, ...payload })],
	['keys in capitals', (payload) => renamed(payload, (key) => key.toUpperCase())],
	['other separators', (payload) => renamed(payload, (key) => key.replace(/[_ ]/g, '-'))],
	['prefixed keys', (payload) => renamed(payload, (key) => (/^[a-z]+_[a-z_]+$/.test(key) ? `field_${key}` : key))],
	['keys with brackets', (payload) => (isFlat(payload) ? { lead: payload } : payload)],
	['labels in the other language', (payload) => renamed(payload, (key) => translated.get(key.toLowerCase()) ?? key)],
	['numbers for texts', numbers],
	['another question before', beside('Do you like the sea view?', 'very much', true)],
	['numbered keys', (payload) => renamed(payload, (key) => `${key}${/\d$/.test(key) ? '' : ' *'}`)],
];

/** What is compared: everything but Custom Field, whose names and further pairs may be others. */
const leadsOf = (payload: unknown, defaultCountry: string): string =>
	JSON.stringify(
		recognizeForm(payload, { defaultCountry }).leads.map(({ draft: { customField: _, ...lead } }) => reordered(lead)),
		(_, value: unknown) =>
			isData(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
	);

const people = shapes.filter(({ expected, notYet }) => expected.length > 0 && !notYet);
/** Of whom every change is tried. */
const changed = chosen(
	people,
	byCases({ few: Math.ceil(people.length / 3), more: people.length, all: people.length }),
	1,
);

test('changes that say nothing of the lead leave it the same, and never bring somebody else', () => {
	const other: string[] = [];
	const foreign: string[] = [];
	// Two changes at once are a sample of all pairs, by the seed.
	const twice = chosen(
		changes.flatMap(([one, first]) =>
			changes.map(
				([other, second]) =>
					[
						`${one}, then ${other}`,
						(payload: Data) => {
							const once = first(payload);
							return isData(once) ? second(once) : once;
						},
					] as const,
			),
		),
		byCases({ few: 5, more: 20, all: 600 }),
		seed,
	);
	for (const { name, payload, defaultCountry } of changed) {
		const before = leadsOf(payload, defaultCountry);
		for (const [what, change] of [...changes, ...twice]) {
			const after = leadsOf(change(payload), defaultCountry);
			if (after !== before) other.push(`${name}, ${what}`);
			if (/Strangerson|201277777299|stranger@|Nowhere/.test(after)) foreign.push(`${name}, ${what}`);
		}
	}
	expect(changes.length).toBeGreaterThanOrEqual(25);
	expect(foreign).toEqual([]);
	expect({ other, share: other.length / (changed.length * (changes.length + twice.length)) < 0.01 }).toMatchObject({
		share: true,
	});
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
