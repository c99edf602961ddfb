import { leadSchema } from './leadJsonSchema';

type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const words = (description: string, headers?: Schema): Schema => ({
	description,
	...(headers === undefined ? {} : { headers }),
	content: ref('Words'),
});

const retryAfter = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } };
const known = {
	'x-gateway-lead': { description: "The lead's ID at the gateway", schema: { type: 'string' } },
	'x-gateway-outcome': { description: 'What became of it, where that is known', schema: { type: 'string' } },
};
const location = { Location: { description: 'Where to ask again', schema: { type: 'string' } } };
const organization = { name: 'organizationId', in: 'header', required: true, schema: { type: 'string' } };
const prefer = {
	name: 'Prefer',
	in: 'header',
	description: 'wait=N: seconds that the caller is willing to wait for the outcome',
	schema: { type: 'string', pattern: '^wait=\\d+$' },
};

/** What comes of a lead, whoever asks: that of the API itself where it gave an answer. */
const outcomes = {
	201: { description: 'The lead was created; the body is that of iCloud-Ready', headers: known },
	202: {
		description: 'The lead is safe and goes on; ask again',
		headers: { ...known, ...location },
		content: ref('Waiting'),
	},
	400: words('iCloud-Ready refused the lead, or the request cannot be read', known),
	401: words('The API key is missing or refused', known),
	403: words('The key may not create leads in this organization', known),
	504: words('The lead was sent and no answer came; it may exist', known),
};

/** What a gateway takes and answers, as OpenAPI 3.1. */
export const openApi = (version: string): Schema => ({
	openapi: '3.1.0',
	info: {
		title: 'iCloud-Ready gateway',
		version,
		description:
			'The lead API of iCloud-Ready before a queue: a lead that was taken is kept until its outcome is known.',
	},
	servers: [{ url: '/api/v2' }],
	security: [{ apiKey: [] }],
	paths: {
		'/leads': {
			post: {
				operationId: 'createLead',
				summary: 'Give a lead',
				parameters: [
					organization,
					{
						name: 'Idempotency-Key',
						in: 'header',
						description: 'The same key of the same account is one lead, and gets the same answer',
						schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
					},
					prefer,
				],
				requestBody: { required: true, content: ref('Lead') },
				responses: {
					...outcomes,
					415: words('The body has a charset or an encoding that is not known'),
					422: words('The Idempotency-Key was sent before with another body', known),
					503: words('Nothing was kept; send it again', retryAfter),
				},
			},
		},
		'/leads/{id}': {
			get: {
				operationId: 'getLead',
				summary: 'Ask what became of a lead',
				parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, organization, prefer],
				responses: {
					...outcomes,
					404: words('The gateway knows no such lead of this key and organization'),
					410: words('The lead was discarded before it was sent', known),
					503: words('The store cannot be read; ask again later', retryAfter),
				},
			},
		},
	},
	components: {
		securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
		schemas: {
			Lead: leadSchema,
			Waiting: {
				type: 'object',
				required: ['id', 'state', 'message'],
				properties: {
					id: { type: 'string' },
					state: { enum: ['waiting', 'sending'] },
					why: { description: 'What holds it, where something does', type: 'string' },
					message: { type: 'string' },
				},
			},
			Words: {
				type: 'object',
				required: ['message'],
				properties: { message: { type: 'string' }, hint: { type: 'string' } },
			},
		},
	},
});
