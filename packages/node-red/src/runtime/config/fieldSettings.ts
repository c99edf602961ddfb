import { fieldAt, onFirstUse, readSettings, type SettingFlaw, textSetting, verbatimSetting } from '@icloud-ready/core';

/** A field as the dialog saves it; `valueType` is one of Node-RED's typed input types. */
export interface FieldSetting {
	readonly field: string;
	readonly value: string;
	/** @default 'str' */
	readonly valueType: string;
}

const settings = onFirstUse(() => ({
	field: textSetting(),
	value: verbatimSetting(),
	valueType: textSetting('str'),
}));

/** The saved list of fields; entries that a hand-written flow got wrong are left out, and told in `flaws`. */
export const readFieldSettings = (
	saved: unknown,
): { readonly fields: readonly FieldSetting[]; readonly flaws: readonly SettingFlaw[] } => {
	if (saved === undefined || saved === null || saved === '') return { fields: [], flaws: [] };
	if (!Array.isArray(saved)) return { fields: [], flaws: [{ setting: 'fields', kind: 'list' }] };
	const read = (saved as unknown[]).map((entry) => readSettings(settings(), entry));
	const isUsable = ({ values, flaws }: (typeof read)[number]): boolean =>
		flaws.length === 0 && fieldAt(values.field) !== undefined;
	return {
		fields: read.filter(isUsable).map(({ values }) => values),
		flaws: read.flatMap((entry, index): readonly SettingFlaw[] =>
			isUsable(entry) ? [] : [{ setting: 'fields', kind: 'entry', index }],
		),
	};
};

export const fieldSettings = (saved: unknown): readonly FieldSetting[] => readFieldSettings(saved).fields;
