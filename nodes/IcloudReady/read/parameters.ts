import { isRecord, type LeadDraft, parseJson } from '../../../packages/core/src';

/** What the panel holds for one item, with all expressions worked out. */
export type NodeParameters =
	| {
			readonly leadInput: 'fields';
			readonly firstName: unknown;
			readonly phone: unknown;
			readonly additionalFields: Collection;
	  }
	| { readonly leadInput: 'form'; readonly submission: unknown; readonly additionalFields: Collection }
	| { readonly leadInput: 'json'; readonly leadJson: unknown };

/** A collection of the panel: field names and values, there only where the user added the field. */
export type Collection = Readonly<Record<string, unknown>>;

const jsonObject = (value: unknown): Collection | undefined => {
	const data = typeof value === 'string' ? parseJson(value) : value;
	return isRecord(data) ? data : undefined;
};

const pairsOf = (group: unknown): Collection => {
	const pairs = isRecord(group) && Array.isArray(group.pair) ? (group.pair as unknown[]) : [];
	const named = pairs.filter(isRecord).map(({ name, value }) => [String(name ?? '').trim(), value] as const);
	return Object.fromEntries(
		named.filter(([name, value]) => name !== '' && value !== '' && value !== undefined && value !== null),
	);
};

/** Custom Field with its pairs put in. Text that is no JSON object is kept beside them, under `text`. */
const withPairs = (customField: unknown, pairs: Collection): unknown => {
	if (Object.keys(pairs).length === 0) return customField;
	const text = typeof customField === 'string' ? customField.trim() : customField;
	const before = jsonObject(customField) ?? (text === '' || text === undefined || text === null ? {} : { text });
	return { ...before, ...pairs };
};

/**
 * The panel's fields as a draft for the core, by their flat names. The one value that is no field, the group of pairs,
 * goes into Custom Field; the address is taken out of its group.
 */
export const draftOf = ({ address, customFieldPairs, customField, ...plain }: Collection): LeadDraft => {
	const group = isRecord(address) && isRecord(address.value) ? address.value : address;
	const custom = withPairs(customField, pairsOf(customFieldPairs));
	const draft = {
		...plain,
		...(group === undefined ? {} : { address: group }),
		...(custom === undefined ? {} : { customField: custom }),
	};
	// Flat names are a draft's shape too; the core sorts them and checks every value.
	return draft as LeadDraft;
};

/** The same with JSON text of Custom Field as data, so that it joins what a form gave and does not replace it. */
export const overridesOf = (collection: Collection): LeadDraft =>
	draftOf({ ...collection, customField: jsonObject(collection.customField) ?? collection.customField });
