import { apiIssues } from '../../packages/core/src/api/apiErrors';
import { leastProcessorMs } from '../fixtures/processorTime';

const phone = 'leadInformation.phone';
type Row = readonly [name: string, body: unknown, found: readonly (readonly [field: string, message: string])[]];

const rows: readonly Row[] = [
	['plain text', 'phone must be a valid phone number', [[phone, 'phone must be a valid phone number']]],
	['plain text of no field', 'The lead is too old', [['', 'The lead is too old']]],
	['JSON text that is text', '"phone is required"', [[phone, 'phone is required']]],
	['JSON text that is an object', '{"message":"phone is required"}', [[phone, 'phone is required']]],
	[
		'a list of texts',
		['phone is bad', 'email is bad'],
		[
			[phone, 'phone is bad'],
			['leadInformation.email', 'email is bad'],
		],
	],
	['a map', { [phone]: 'is required' }, [[phone, 'Phone: is required']]],
	[
		'a map in groups',
		{ leadInformation: { address: { country: ['must be two letters'] } } },
		[['leadInformation.address.country', 'Country: must be two letters']],
	],
	['message as text', { message: 'email is taken' }, [['leadInformation.email', 'email is taken']]],
	['msg as text', { msg: 'email is taken' }, [['leadInformation.email', 'email is taken']]],
	['error as text', { error: 'phone is required' }, [[phone, 'phone is required']]],
	['error as an object', { error: { code: 7, message: 'phone is required' } }, [[phone, 'phone is required']]],
	[
		'an error code with a description',
		{ error: 'invalid_request', error_description: 'phone is missing' },
		[[phone, 'phone is missing']],
	],
	[
		'message as a list (Nest)',
		{
			statusCode: 400,
			message: ['leadInformation.phone must be a valid phone number', 'leadInformation.firstName should not be empty'],
			error: 'Bad Request',
		},
		[
			[phone, 'phone must be a valid phone number'],
			['leadInformation.firstName', 'firstName should not be empty'],
		],
	],
	['message as a map', { message: { phone: 'is required' } }, [[phone, 'Phone: is required']]],
	['errors as a list of texts', { success: false, errors: ['phone is required'] }, [[phone, 'phone is required']]],
	[
		'errors as a list of messages',
		{ errors: [{ message: 'phone is bad' }, { message: 'city is bad' }] },
		[
			[phone, 'phone is bad'],
			['leadInformation.address.city', 'city is bad'],
		],
	],
	['errors as a list of maps', { errors: [{ phone: 'required' }] }, [[phone, 'Phone: required']]],
	[
		'errors as a map (Laravel)',
		{ message: 'The given data was invalid.', errors: { [phone]: ['The phone field is required.'] } },
		[[phone, 'The phone field is required.']],
	],
	[
		'errors as a map with a name that no field has',
		{ message: 'Validation failed', errors: { organizationId: ['must exist'] } },
		[['organizationId', 'organizationId: must exist']],
	],
	[
		'errors by group only (zod flatten)',
		{ formErrors: [], fieldErrors: { leadInformation: ['Required'] } },
		[['leadInformation', 'leadInformation: Required']],
	],
	[
		'zod',
		{
			success: false,
			error: {
				name: 'ZodError',
				issues: [{ code: 'invalid_type', path: ['leadInformation', 'firstName'], message: 'Required' }],
			},
		},
		[['leadInformation.firstName', 'First Name: Required']],
	],
	[
		'zod format',
		{ _errors: [], leadInformation: { _errors: [], phone: { _errors: ['Required'] } } },
		[[phone, 'Phone: Required']],
	],
	[
		'zod tree',
		{ errors: [], properties: { leadInformation: { errors: [], properties: { phone: { errors: ['Required'] } } } } },
		[[phone, 'Phone: Required']],
	],
	[
		'Joi',
		{
			details: [
				{
					message: '"leadInformation.phone" is required',
					path: ['leadInformation', 'phone'],
					type: 'any.required',
					context: {},
				},
			],
		},
		[[phone, '"phone" is required']],
	],
	[
		'Joi behind celebrate',
		{
			statusCode: 400,
			error: 'Bad Request',
			message: 'Validation failed',
			validation: { body: { source: 'body', keys: [phone], message: '"leadInformation.phone" is required' } },
		},
		[[phone, '"phone" is required']],
	],
	[
		'Mongoose',
		{
			message: 'Lead validation failed',
			errors: {
				[phone]: {
					name: 'ValidatorError',
					message: 'Path `leadInformation.phone` is required.',
					kind: 'required',
					path: phone,
					properties: { type: 'required' },
				},
			},
		},
		[[phone, 'Path `phone` is required.']],
	],
	[
		'class-validator, nested',
		[
			{
				property: 'leadInformation',
				children: [
					{
						property: 'phone',
						children: [],
						constraints: { a: 'phone should not be empty', b: 'phone must be a phone number' },
					},
					{ property: 'address', children: [{ property: 'zip', constraints: { c: 'zip must be text' } }] },
				],
			},
		],
		[
			[phone, 'phone should not be empty'],
			[phone, 'phone must be a phone number'],
			['leadInformation.address.zip', 'ZIP Code: zip must be text'],
		],
	],
	[
		'express-validator 7',
		{ errors: [{ type: 'field', msg: 'Invalid value', path: phone, location: 'body', value: '' }] },
		[[phone, 'Phone: Invalid value']],
	],
	[
		'express-validator 6',
		{ errors: [{ param: 'leadInformation.email', msg: 'Invalid email', location: 'body' }] },
		[['leadInformation.email', 'Invalid email']],
	],
	['express-validator, mapped', { errors: { [phone]: { msg: 'Invalid', param: phone } } }, [[phone, 'Phone: Invalid']]],
	[
		'Ajv',
		[{ instancePath: '/leadInformation/phone', keyword: 'pattern', message: 'must match pattern' }],
		[[phone, 'Phone: must match pattern']],
	],
	[
		'Ajv, the name within the sentence',
		[{ instancePath: '/leadInformation', message: "must have required property 'phone'" }],
		[[phone, "must have required property 'phone'"]],
	],
	[
		'pydantic',
		{ detail: [{ loc: ['body', 'leadInformation', 'phone'], msg: 'field required', type: 'missing' }] },
		[[phone, 'Phone: field required']],
	],
	[
		'JSON:API',
		{
			errors: [
				{ status: '400', source: { pointer: '/data/attributes/phone' }, title: 'Invalid', detail: 'must be a phone' },
			],
		},
		[[phone, 'must be a phone']],
	],
	[
		'.NET',
		{
			title: 'One or more validation errors occurred.',
			errors: { 'LeadInformation.Phone': ['The Phone field is required.'] },
		},
		[[phone, 'The Phone field is required.']],
	],
	[
		'Spring',
		{
			status: 400,
			error: 'Bad Request',
			path: '/api/v2/leads',
			errors: [{ field: phone, defaultMessage: 'must not be blank', objectName: 'lead' }],
		},
		[[phone, 'Phone: must not be blank']],
	],
	[
		'Spring, only a message',
		{ status: 400, error: 'Bad Request', message: 'JSON parse error', path: '/api/v2/leads' },
		[['', 'JSON parse error']],
	],
	[
		'a field with several complaints',
		{ errors: [{ key: 'phone', errors: ['bad', 'worse'] }] },
		[
			[phone, 'Phone: bad'],
			[phone, 'Phone: worse'],
		],
	],
	['a message some levels down', { response: { data: { message: 'phone is taken' } } }, [[phone, 'phone is taken']]],
	['the same complaint twice', { message: ['phone is bad', 'phone is bad'] }, [[phone, 'phone is bad']]],
	[
		"a program's stack",
		{ message: 'ValidationError: phone is bad\n    at check (/srv/app.js:1:2)\n    at next' },
		[[phone, 'phone is bad']],
	],
	[
		'HTML with a title',
		'<!DOCTYPE html><html><head><title>400 Bad Request</title></head><body><center><h1>400 Bad Request</h1></center></body></html>',
		[['', '400 Bad Request']],
	],
	[
		'HTML with a title that says nothing',
		'<!DOCTYPE html><html><head><title>Error</title></head><body><pre>ValidationError: phone is required<br> &nbsp; &nbsp;at check (/srv/app.js:1:2)</pre></body></html>',
		[[phone, 'phone is required']],
	],
	[
		'HTML with a heading',
		'<html><style>h1{}</style><body><h1>The <b>lead</b> was refused</h1><p>Sorry</p></body></html>',
		[['', 'The lead was refused']],
	],
	[
		'a piece of HTML',
		'<p>&quot;email&quot; isn&#39;t &constructor; &amp; fine</p>',
		[['leadInformation.email', '"email" isn\'t &constructor; & fine']],
	],
	['XML', '<?xml version="1.0"?><Error><Message>Bad phone</Message></Error>', [[phone, 'Bad phone']]],
	['an empty page', '<html><body></body></html>', []],
	[
		'only the name of the mistake',
		{ statusCode: 400, message: 'Validation failed', error: 'Bad Request', path: '/api/v2/leads' },
		[],
	],
	['empty text', '', []],
	['blank text', ' \n', []],
	['an empty object', {}, []],
	['an empty list', [], []],
	['nothing', undefined, []],
	['null', null, []],
	['a number', 42, []],
	['true', true, []],
];

test.each(rows)('%s', (_, body, found) => {
	expect(apiIssues(body).map(({ field, message }) => [field, message])).toEqual(found);
});

test.each(rows.filter(([, body]) => typeof body !== 'string' && body !== undefined))(
	'%s, as JSON text',
	(_, body, found) => {
		expect(apiIssues(JSON.stringify(body)).map(({ field, message }) => [field, message])).toEqual(found);
	},
);

test('no more than 20 issues, none longer than 300 letters', () => {
	const issues = apiIssues(Array.from({ length: 1000 }, (_, at) => `${at} ${'phone '.repeat(200)}`));
	expect(issues).toHaveLength(20);
	expect(Math.max(...issues.map(({ message }) => message.length))).toBe(300);
});

const nested = (levels: number, around: (inside: unknown) => unknown): unknown => {
	let body: unknown = 'phone';
	for (let level = 0; level < levels; level++) body = around(body);
	return body;
};

test.each<[name: string, body: unknown]>([
	['a megabyte of text', 'a '.repeat(500_000)],
	['a megabyte of texts', Array.from({ length: 50_000 }, (_, at) => `phone bad ${at}`)],
	[
		'a megabyte of entries',
		{ errors: Array.from({ length: 20_000 }, (_, at) => ({ path: ['a', at], message: 'bad' })) },
	],
	['a megabyte of keys', Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`k${at}`, {}]))],
	['one key of a megabyte', { errors: { [`${'a.'.repeat(500_000)}phone`]: 'bad' } }],
	['20,000 levels of lists', nested(20_000, (inside) => [inside])],
	['20,000 levels of errors', nested(20_000, (inside) => ({ errors: inside }))],
	['20,000 levels of entries', nested(20_000, (inside) => [{ path: 'phone', children: inside }])],
	[
		'40 levels that two ways of reading lead down',
		nested(40, (inside) => ({ path: 'x', errors: [inside], a: inside })),
	],
	['half a million brackets', '['.repeat(500_000) + ']'.repeat(500_000)],
	['unclosed titles', `<html>${'<title'.repeat(150_000)}`],
	['unclosed headings', `<html>${'<h1>'.repeat(200_000)}`],
	['unclosed scripts', `<html>${'<script'.repeat(150_000)}`],
	['only angles', `<html>${'<'.repeat(1_000_000)}`],
	['only breaks', `<html>${'<br> &nbsp;'.repeat(100_000)}`],
])('%s is read in no time', (_, body) => {
	expect(apiIssues(body).length).toBeLessThanOrEqual(20);
	expect(leastProcessorMs(() => apiIssues(body), 1500)).toBeLessThan(1500);
});
