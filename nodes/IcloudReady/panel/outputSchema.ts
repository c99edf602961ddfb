import { type Field, fields } from '../../../packages/core/src';

/** JSON Schema as n8n's output preview reads it. */
export interface Schema {
	readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean';
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
}

const schemaOf = ({ kind }: Field): Schema => {
	switch (kind) {
		case 'text':
		case 'longText':
		case 'email':
		case 'phone':
		case 'country':
		case 'choice':
		case 'json':
			return { type: 'string' };
		case 'number':
			return { type: 'number' };
		case 'boolean':
			return { type: 'boolean' };
		case 'textList':
		case 'emailList':
		case 'phoneList':
			return { type: 'array', items: { type: 'string' } };
	}
};

const withSchema = (schema: Schema, [key = '', ...rest]: readonly string[], leaf: Schema): Schema => ({
	type: 'object',
	properties: {
		...schema.properties,
		[key]: rest.length === 0 ? leaf : withSchema(schema.properties?.[key] ?? { type: 'object' }, rest, leaf),
	},
});

/** What the API adds to a lead, as far as a workflow may want it. */
const added: Schema = {
	type: 'object',
	properties: {
		_id: { type: 'string' },
		leadNumber: { type: 'number' },
		uid: { type: 'string' },
		createdAt: { type: 'string' },
		creationDate: { type: 'string' },
	},
};

/** The answer of a created lead, for n8n's preview of what the node gives before it ran. */
export const answerSchema = (): Schema & { readonly version: 1 } => ({
	...fields.reduce((schema, field) => withSchema(schema, field.path.split('.'), schemaOf(field)), added),
	version: 1,
});
