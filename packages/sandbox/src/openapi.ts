import { leadSchema } from './leadJsonSchema';

type Schema = Readonly<Record<string, unknown>>;

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
export function openApi(baseUrl: string): Schema {
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
				Lead: leadSchema,
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
