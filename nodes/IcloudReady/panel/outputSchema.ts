import { type JsonSchema, leadJsonSchema } from '../../../packages/core/src/catalog/leadJsonSchema';
import { simplifiedNames } from './createdView';

/** JSON Schema as n8n's output preview reads it: types alone. */
export interface Schema {
	readonly type: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
}

const typesOf = ({ type = 'object', properties, items }: JsonSchema): Schema => ({
	type,
	...(properties === undefined
		? {}
		: { properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, typesOf(each)])) }),
	...(items === undefined ? {} : { items: typesOf(items) }),
});

/** What the API adds to a lead, as far as a workflow may want it. */
const added: Readonly<Record<string, Schema>> = {
	_id: { type: 'string' },
	leadNumber: { type: 'number' },
	uid: { type: 'string' },
	createdAt: { type: 'string' },
	creationDate: { type: 'string' },
};

/** What a created lead gives with Simplify, for n8n's preview of it before the node ran; the build writes it to a file. */
export const simplifiedSchema = (): Schema & { readonly version: 1 } => {
	const { properties = {} } = answerSchema();
	const person = properties.leadInformation?.properties ?? {};
	const typed = simplifiedNames.map((name) => [name, properties[name] ?? person[name] ?? { type: 'string' }] as const);
	return { type: 'object', properties: Object.fromEntries(typed), version: 1 };
};

/** The same without Simplify. */
export const answerSchema = (): Schema & { readonly version: 1 } => {
	const lead = typesOf(leadJsonSchema());
	return { ...lead, properties: { ...added, ...lead.properties }, version: 1 };
};
