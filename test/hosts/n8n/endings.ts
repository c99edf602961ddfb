import type { ScriptedAnswer } from '../../../packages/sandbox/src';
import { apiKey } from './world';

/** One ending of the outcome table: what the API does, or what is wrong with the lead, and what it must end as. */
export interface Ending {
	readonly name: string;
	/** The address of another server, to be redirected to. */
	readonly answer?: (elsewhere: string) => ScriptedAnswer;
	readonly phone?: string;
	/** Where the credential points, instead of to the sandbox. */
	readonly baseUrl?: string;
	readonly outcome: string;
	/** In the order of the outcome table. */
	readonly output: number;
	readonly status: number | null;
	readonly message: RegExp;
	/** How many requests arrive. */
	readonly sent: number;
}

const status =
	(code: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}) =>
	(): ScriptedAnswer => ({ status: code, body, headers });

/** All that does not end as created; a server that repeats the key in its answer is among them. */
export const endings: readonly Ending[] = [
	{
		name: 'our own check',
		phone: '12',
		outcome: 'invalid',
		output: 2,
		status: null,
		message: /^Phone "12" is not a valid phone number/,
		sent: 0,
	},
	{
		name: '400',
		answer: status(400, { message: ['phone must be a valid phone number'] }),
		outcome: 'invalid',
		output: 2,
		status: 400,
		message: /phone must be a valid phone number/,
		sent: 1,
	},
	{
		name: '400 that repeats the key',
		answer: status(400, { message: `${apiKey} may not do that` }),
		outcome: 'invalid',
		output: 2,
		status: 400,
		message: /\(hidden\) may not do that/,
		sent: 1,
	},
	{
		name: '422',
		answer: status(422, { message: 'email is taken' }),
		outcome: 'invalid',
		output: 2,
		status: 422,
		message: /email is taken/,
		sent: 1,
	},
	{
		name: '401',
		answer: status(401, { message: `Invalid token ${apiKey}` }),
		outcome: 'unauthorized',
		output: 3,
		status: 401,
		message: /did not accept the API key/,
		sent: 1,
	},
	{
		name: '403',
		answer: status(403),
		outcome: 'forbidden',
		output: 4,
		status: 403,
		message: /may not create leads/,
		sent: 1,
	},
	{
		name: '429',
		answer: status(429, {}, { 'retry-after': '1' }),
		outcome: 'rateLimited',
		output: 5,
		status: 429,
		message: /not accepting leads right now/,
		sent: 1,
	},
	{
		name: 'connection cut after the lead was created',
		answer: () => ({ cut: 'after' }),
		outcome: 'unconfirmed',
		output: 6,
		status: null,
		message: /connection was lost/,
		sent: 1,
	},
	{
		name: 'answer cut in the middle',
		answer: () => ({ cut: 'midBody' }),
		outcome: 'unconfirmed',
		output: 6,
		status: null,
		message: /connection was lost|no answer/,
		sent: 1,
	},
	{
		name: 'no answer in time',
		answer: () => ({ status: 201, delayMs: 3000, body: {} }),
		outcome: 'unconfirmed',
		output: 6,
		status: null,
		message: /no answer came back within 1 s/,
		sent: 1,
	},
	{
		name: '200 with a web page',
		answer: status(200, '<html>Welcome</html>'),
		outcome: 'unconfirmed',
		output: 6,
		status: 200,
		message: /does not name a new lead/,
		sent: 1,
	},
	{
		name: '500',
		answer: status(500),
		outcome: 'unconfirmed',
		output: 6,
		status: 500,
		message: /could not complete the request/,
		sent: 1,
	},
	{
		name: '503',
		answer: status(503),
		outcome: 'unconfirmed',
		output: 6,
		status: 503,
		message: /could not complete the request/,
		sent: 1,
	},
	{
		name: '503 with Retry-After',
		answer: status(503, {}, { 'retry-after': '1' }),
		outcome: 'failed',
		output: 7,
		status: 503,
		message: /too busy/,
		sent: 1,
	},
	{ name: '408', answer: status(408), outcome: 'failed', output: 7, status: 408, message: /too busy/, sent: 1 },
	{
		name: '404',
		answer: status(404),
		outcome: 'failed',
		output: 7,
		status: 404,
		message: /did not accept the lead \(status 404\)/,
		sent: 1,
	},
	{
		name: '501',
		answer: status(501),
		outcome: 'failed',
		output: 7,
		status: 501,
		message: /did not accept the lead \(status 501\)/,
		sent: 1,
	},
	{
		name: 'redirect',
		answer: (elsewhere) => status(302, '', { location: elsewhere })(),
		outcome: 'failed',
		output: 7,
		status: 302,
		message: /redirected the request to another address/,
		sent: 1,
	},
	{
		name: 'refused port',
		baseUrl: 'http://127.0.0.1:9/api/v2',
		outcome: 'failed',
		output: 7,
		status: null,
		message: /could not be reached at 127\.0\.0\.1:9 \(connection refused\)/,
		sent: 0,
	},
	{
		name: 'unknown host',
		baseUrl: 'https://nowhere.invalid/api/v2',
		outcome: 'failed',
		output: 7,
		status: null,
		message: /could not be reached at nowhere\.invalid/,
		sent: 0,
	},
];
