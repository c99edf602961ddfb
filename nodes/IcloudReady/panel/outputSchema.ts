import { type JsonSchema, leadJsonSchema } from '../../../packages/core/src/catalog/leadJsonSchema';

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

/** The answer of a created lead, for n8n's preview of what the node gives before it ran; the build writes it to a file. */
export const answerSchema = (): Schema & { readonly version: 1 } => {
	const lead = typesOf(leadJsonSchema());
	return { ...lead, properties: { ...added, ...lead.properties }, version: 1 };
};
