import { fields, type Field, type FieldKind } from '@icloud-ready/core';

type Schema = Readonly<Record<string, unknown>>;

interface ObjectSchema {
	type: 'object';
	required?: string[];
	properties: Record<string, Schema | ObjectSchema>;
}

function kindSchema(kind: FieldKind): Schema {
	switch (kind) {
		case 'text':
		case 'longText':
		case 'country':
		case 'choice':
		case 'json':
			return { type: 'string' };
		case 'email':
			return { type: 'string', format: 'email' };
		case 'phone':
			return { type: 'string' };
		case 'number':
			return { type: 'number' };
		case 'boolean':
			return { type: 'boolean' };
		case 'textList':
			return { type: 'array', items: { type: 'string' } };
		case 'emailList':
			return { type: 'array', items: { type: 'string', format: 'email' } };
		case 'phoneList':
			return { type: 'array', items: { type: 'string' } };
	}
}

const fieldSchema = ({ kind, label, description, example }: Field): Schema => ({
	title: label,
	...kindSchema(kind),
	description,
	examples: [example],
});

/** The request's body as a schema, nested as the dotted paths say. */
function leadSchema(catalog: readonly Field[]): ObjectSchema {
	const root: ObjectSchema = { type: 'object', properties: {} };
	for (const field of catalog) {
		const names = field.path.split('.');
		const last = names.pop() as string;
		let parent = root;
		for (const name of names) {
			if (field.required) addRequired(parent, name);
			parent = (parent.properties[name] ??= { type: 'object', properties: {} }) as ObjectSchema;
		}
		parent.properties[last] = fieldSchema(field);
		if (field.required) addRequired(parent, last);
	}
	return root;
}

function addRequired(schema: ObjectSchema, name: string): void {
	schema.required ??= [];
	if (!schema.required.includes(name)) schema.required.push(name);
}

const errorSchema = {
	type: 'object',
	required: ['statusCode', 'message'],
	properties: {
		statusCode: { type: 'integer' },
		message: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
		error: { type: 'string' },
	},
};

const errorResponse = (description: string, headers?: Schema) => ({
	description,
	...(headers && { headers }),
	content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

/** The API as an OpenAPI 3.1 document, made from the catalog of fields. `baseUrl` ends in `/api/v2`. */
export function openApi(baseUrl: string, catalog: readonly Field[] = fields): Schema {
	const lead = leadSchema(catalog);
	return {
		openapi: '3.1.0',
		info: {
			title: 'iCloud-Ready leads',
			version: '2',
			description: 'Creates leads in the iCloud-Ready Platform. This document describes the sandbox.',
		},
		servers: [{ url: baseUrl }],
		security: [{ apiKey: [] }],
		paths: {
			'/leads': {
				post: {
					operationId: 'createLead',
					summary: 'Create a lead',
					parameters: [{ name: 'organizationId', in: 'header', required: true, schema: { type: 'string' } }],
					requestBody: {
						required: true,
						content: { 'application/json': { schema: { $ref: '#/components/schemas/Lead' } } },
					},
					responses: {
						201: {
							description: 'The lead was created',
							content: { 'application/json': { schema: { $ref: '#/components/schemas/CreatedLead' } } },
						},
						400: errorResponse('The lead is missing something, or something in it is invalid'),
						401: errorResponse('The API key is missing, invalid or expired'),
						403: errorResponse('The key may not create leads'),
						429: errorResponse('Too many requests', {
							'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } },
						}),
					},
				},
			},
		},
		components: {
			securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
			schemas: {
				Lead: lead,
				CreatedLead: {
					description: 'The lead with what the platform adds. A property that was not sent is null.',
					type: 'object',
					required: ['_id', 'leadInformation', 'leadNumber'],
					properties: {
						_id: { type: 'string', pattern: '^[0-9a-f]{24}$' },
						uid: { type: 'string' },
						leadNumber: { type: 'integer' },
						realmId: { type: 'string', description: 'The organization' },
						createdAt: { type: 'string', format: 'date-time' },
						updatedAt: { type: 'string', format: 'date-time' },
						leadInformation: { type: 'object' },
					},
				},
				Error: errorSchema,
			},
		},
	};
}
