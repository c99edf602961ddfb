import { type Field, fields, leadSchema, readLead, withField } from '../../packages/core/src';
import { type JsonSchema, leadJsonSchema } from '../../packages/core/src/catalog/leadJsonSchema';
import guideLead from '../fixtures/guideLead.json';
import fc from 'fast-check';

const runs = {
	numRuns: Number(process.env.PROPERTY_RUNS ?? 1_000),
	...(process.env.PROPERTY_RUNS === undefined ? { seed: 20_261_128 } : {}),
};

/** What people and forms put into a field, right and wrong. */
const given = fc.oneof(
	fc.string(),
	fc.emailAddress(),
	fc.double(),
	fc.boolean(),
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom(
		'01001234567',
		'+201001234567 / 01112223334',
		'نعم',
		'Cairo',
		'2,500,000',
		'a@b.eg; c@d.eg',
		'["a"]',
		'',
	),
	fc.constantFrom(...fields.map(({ example }: Field) => example)),
);
const draft = fc
	.tuple(
		fc.dictionary(fc.constantFrom(...fields.map(({ path }) => path)), given),
		fc.dictionary(fc.constantFrom(...fields.map(({ name }) => name), 'other'), given, { maxKeys: 3 }),
	)
	.map(([byPath, byName]) =>
		Object.entries(byPath).reduce((built, [path, value]) => withField(built, path, value), {
			leadInformation: { firstName: 'Mona', phone: '01001234567' },
			...byName,
		} as object),
	);

test('what the reader calls a lead satisfies the schema, with nothing beside it', () => {
	let leads = 0;
	fc.assert(
		fc.property(draft, fc.constantFrom('normalize', 'check', 'asIs'), (built, phone) => {
			const reading = readLead(built, { phone });
			if ('issues' in reading) return;
			leads++;
			// Parsing leaves out what the schema does not name.
			expect(leadSchema.parse(reading.lead)).toEqual(reading.lead);
		}),
		runs,
	);
	expect(leads).toBeGreaterThan(runs.numRuns / 10);
});

test("the guide's lead satisfies it too", () => {
	expect(leadSchema.safeParse({ ...guideLead, customField: 'x' })).toMatchObject({ success: true });
});

test.each(fields.map(({ path, kind }) => ({ path, kind })))(
	'$path of another type does not satisfy it',
	({ path, kind }) => {
		const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } };
		expect(leadSchema.safeParse(lead).success).toBe(true);
		for (const wrong of [kind === 'number' ? '7' : 7, null, {}])
			expect({ wrong, isTaken: leadSchema.safeParse(withField(lead, path, wrong)).success }).toEqual({
				wrong,
				isTaken: false,
			});
	},
);

test.each(fields.filter((field: Field) => field.required === true).map(({ name }) => name))(
	'%s is required',
	(name) => {
		const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567', [name]: undefined } };
		expect(leadSchema.safeParse(lead).success).toBe(false);
	},
);

test.each(fields)('as JSON Schema $path says what the catalog says of it', ({ path, label, description, example }) => {
	const found = path
		.split('.')
		.reduce<JsonSchema | undefined>((part, key) => part?.properties?.[key], leadJsonSchema());
	expect(found).toMatchObject({ title: label, description, examples: [example] });
});
