import type { Field } from '../catalog/fieldTypes';
import { fields } from '../catalog/fields';
import { editDistance, normalizeKey } from '../text/text';

const spellings: ReadonlyMap<string, Field> = new Map(
	[...fields]
		.reverse()
		.flatMap((field: Field) =>
			[...field.synonyms, field.label, field.name].map((name) => [normalizeKey(name), field] as const),
		),
);

const names: readonly (readonly [string, Field])[] = fields.map((field: Field) => [normalizeKey(field.name), field]);

/** Whether a key is a name with a slip of the keyboard in it; a long one may have two, where it begins alike. */
const isSlipOf = (wanted: string, name: string): boolean => {
	const slips = wanted.length < 7 || wanted[0] !== name[0] ? 1 : 2;
	return Math.abs(wanted.length - name.length) <= slips && editDistance(name, wanted) <= slips;
};

/** No name of a field is nearly as long, and a key may be a megabyte. */
const longestName = 100;

/** The field that an unknown key probably means: another spelling of one of its names, or a slip of the keyboard. */
export const resembling = (key: string): Field | undefined => {
	if (key.length > longestName) return undefined;
	const wanted = normalizeKey(key);
	const spelled = spellings.get(wanted);
	if (spelled !== undefined || wanted.length < 4) return spelled;
	return names.find(([name]) => isSlipOf(wanted, name))?.[1];
};
