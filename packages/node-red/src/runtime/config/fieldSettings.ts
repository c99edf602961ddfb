import { asText } from './values';
import { fieldAt } from '@icloud-ready/core';

/** A field as the dialog saves it; `valueType` is one of Node-RED's typed input types. */
export interface FieldSetting {
	readonly field: string;
	readonly value: string;
	readonly valueType: string;
}

/** The saved list of fields; entries that a hand-written flow got wrong are left out. */
export const fieldSettings = (saved: unknown): readonly FieldSetting[] =>
	(Array.isArray(saved) ? (saved as unknown[]) : []).flatMap((entry) => {
		const { field, value, valueType } = (typeof entry === 'object' && entry !== null ? entry : {}) as Partial<
			Record<keyof FieldSetting, unknown>
		>;
		const path = asText(field);
		if (fieldAt(path) === undefined) return [];
		return [
			{ field: path, value: typeof value === 'string' ? value : asText(value), valueType: asText(valueType) || 'str' },
		];
	});
