import { sentenceCase } from './sentenceCase';
import { type Field, fields, type Language, outcomeKinds, type OutcomeRow, suggestionName } from '@icloud-ready/core';

/** Words by key, nested as Node-RED's locale files are. */
export interface Words {
	readonly [key: string]: string | Words;
}

const isArabic = (language: string): boolean => language === 'ar' || language.startsWith('ar-');
const spoken = (language: string): Language => (isArabic(language) ? 'ar' : 'en');

const exampleText = (example: Field['example']): string =>
	Array.isArray(example) ? example.join(', ') : String(example);

const fieldWords = (field: Field, language: string): Words => ({
	label: isArabic(language) ? field.labelAr : sentenceCase(field.label),
	description: isArabic(language) ? field.descriptionAr : field.description,
	example: exampleText(field.example),
	...(field.suggestions === undefined
		? {}
		: {
				suggestion: Object.fromEntries(
					field.suggestions.map((value) => [value, suggestionName(field, value, spoken(language))]),
				),
			}),
});

const labelOf = ({ label, labelAr }: OutcomeRow, language: string): string =>
	isArabic(language) ? labelAr : sentenceCase(label);

/** What the catalog says of fields and outcomes in a language; English where it has no words in that language. */
export const catalogWords = (language: string): Words => ({
	language,
	direction: isArabic(language) ? 'rtl' : 'ltr',
	field: Object.fromEntries(fields.map((field) => [field.name, fieldWords(field, language)])),
	outcome: Object.fromEntries(
		outcomeKinds.map((row) => [
			row.kind,
			{ label: labelOf(row, language), when: isArabic(language) ? row.whenAr : row.when },
		]),
	),
});

/** The line under a node for each outcome, short: its label. What is written by hand is better. */
const statusWords = (language: string): Words =>
	Object.fromEntries(outcomeKinds.map((row) => [row.kind, labelOf(row, language).toLowerCase()]));

const isWords = (value: unknown): value is Words => typeof value === 'object' && value !== null;

/** Hand-written words and the catalog's in one; a key in both would be a second place for the same words. */
export const withCatalogWords = (written: Words, language: string): Words => {
	const derived = catalogWords(language);
	const twice = Object.keys(derived).filter((key) => key in written);
	if (twice.length > 0) throw new Error(`The catalog already gives these words: ${twice.join(', ')} (${language})`);
	if (!isWords(written.status)) return { ...written, ...derived };
	return { ...written, ...derived, status: { ...statusWords(language), ...written.status } };
};
