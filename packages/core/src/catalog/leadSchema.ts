import type { Field } from './fieldTypes';
import { fields, type Lead } from './fields';
import * as z from 'zod/v4-mini';

/** What a field's value is in a lead, and how JSON Schema names its form. */
const valueOf = ({ kind }: Field): z.ZodMiniType => {
	switch (kind) {
		case 'text':
		case 'longText':
		case 'phone':
		case 'country':
		case 'choice':
		case 'json':
			return z.string();
		case 'email':
			return emailText();
		case 'number':
			return z.number();
		case 'boolean':
			return z.boolean();
		case 'textList':
		case 'phoneList':
			return z.array(z.string());
		case 'emailList':
			return z.array(emailText());
	}
};

/** Its form is told and not checked: stricter rules than the reader's refuse addresses that exist. */
const emailText = (): z.ZodMiniType<string> => {
	const text = z.string();
	z.globalRegistry.add(text, { format: 'email' });
	return text;
};

const described = (field: Field): z.ZodMiniType => {
	const schema = valueOf(field);
	const { label: title, description, example } = field;
	z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), title, description, examples: [example] });
	return schema;
};

/** The fields at or below a dotted path, nested as the path says. What holds a required field is required itself. */
const groupOf = (catalog: readonly Field[], prefix: string): z.ZodMiniType => {
	const names = new Set(catalog.map(({ path }) => path.slice(prefix.length).split('.')[0] ?? ''));
	const shape = [...names].map((name) => {
		const path = prefix + name;
		const field = catalog.find((each) => each.path === path);
		const inside = catalog.filter((each) => each.path.startsWith(`${path}.`));
		const schema = field === undefined ? groupOf(inside, `${path}.`) : described(field);
		const isRequired = [...inside, ...(field === undefined ? [] : [field])].some(({ required }) => required === true);
		return [name, isRequired ? schema : z.optional(schema)] as const;
	});
	return z.object(Object.fromEntries(shape));
};

/**
 * What the API gets, as a schema: whatever `readLead` calls a lead satisfies it. The cast is the one place where the
 * catalog's types, worked out from its entries, meet what was built of the same entries.
 */
export const leadSchema = /* @__PURE__ */ groupOf(fields, '') as z.ZodMiniType<Lead>;
