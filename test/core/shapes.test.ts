import { readLead, recognizeForm } from '../../packages/core/src';
import { groupedLead, shapes as all } from '../fixtures/payloads';

const shapes = all.filter(({ notYet }) => !notYet);

/** A lead as it would be sent, its Custom Field apart; what lacks something required as far as it was read. */
const sent = (
	draft: unknown,
	defaultCountry: string,
): { readonly lead: object; readonly custom: readonly string[] } => {
	const reading = readLead(draft as never, { defaultCountry });
	const { customField, ...lead } = ('lead' in reading ? reading.lead : draft) as { customField?: unknown };
	const pairs = (typeof customField === 'string' ? JSON.parse(customField) : (customField ?? {})) as object;
	return { lead, custom: Object.values(pairs).map(String) };
};

test.each(shapes.filter(({ expected }) => expected.length > 0).map((shape) => [shape.name, shape] as const))(
	'%s gives its leads, each field that is expected and no other',
	(_, { payload, expected, defaultCountry }) => {
		const { leads } = recognizeForm(payload, { defaultCountry });
		expect(leads).toHaveLength(expected.length);
		for (const [index, flat] of expected.entries()) {
			const { lead, custom } = sent(leads[index]?.draft, defaultCountry);
			expect(lead).toEqual(groupedLead(flat));
			// The names under which a value is kept are the form's own.
			for (const value of Object.values((flat.customField ?? {}) as object))
				expect(custom.join('\n')).toContain(String(value));
		}
	},
);

test.each(shapes.filter(({ expected }) => expected.length === 0).map((shape) => [shape.name, shape] as const))(
	'%s gives no lead, and says so',
	(_, { payload, defaultCountry }) => {
		const { leads, problem } = recognizeForm(payload, { defaultCountry });
		expect(leads.filter(({ draft }) => 'lead' in readLead(draft, { defaultCountry }))).toEqual([]);
		expect(leads.length > 0 || problem !== undefined).toBe(true);
	},
);

test.each(all.map((shape) => [shape.name, shape] as const))(
	'%s: what must not be passed on is nowhere',
	(_, { payload, forbidden, defaultCountry }) => {
		const drafts = JSON.stringify(recognizeForm(payload, { defaultCountry }).leads.map(({ draft }) => draft));
		for (const text of forbidden) expect(drafts).not.toContain(text);
	},
);
