import type { Field } from '../../../packages/core/src';
import { suggestionHints } from './suggestionHints';
import type { INodeProperties } from 'n8n-workflow';

const exampleText = ({ example }: Field): string => (Array.isArray(example) ? example.join(', ') : String(example));

const suggestionHint = ({ path }: Field): Partial<INodeProperties> => {
	const hint = suggestionHints[path];
	return hint === undefined ? {} : { hint };
};

/** One field of the catalog as an n8n property. What it offers is a hint and not a list, so that no value is refused. */
export const fieldProperty = (field: Field): INodeProperties => {
	const shared = { displayName: field.label, name: field.name, description: field.description };
	const text = { ...shared, type: 'string', default: '', placeholder: `e.g. ${exampleText(field)}` } as const;
	switch (field.kind) {
		case 'text':
		case 'email':
		case 'textList':
		case 'emailList':
			return text;
		// As people have it, since that shows that nothing need be done to it.
		case 'phone':
			return { ...text, placeholder: 'e.g. 010 0123 4567' };
		case 'phoneList':
			return { ...text, placeholder: 'e.g. 011 1222 3334' };
		case 'choice':
		case 'country':
			return { ...text, ...suggestionHint(field) };
		case 'longText':
		case 'json':
			return { ...text, typeOptions: { rows: 4 } };
		case 'number':
			return { ...shared, type: 'number', default: 0 };
		case 'boolean':
			return { ...shared, type: 'boolean', default: false };
	}
};
