import { IcloudReadyApi } from '../../credentials/IcloudReadyApi.credentials';
import { accountsOf, missingSetting } from '../../nodes/IcloudReady/read/account';
import { faultOf } from '../../nodes/IcloudReady/send/clientFault';
import { inOrder } from '../../nodes/IcloudReady/send/deliver';
import { n8nHost, type Sender } from '../../nodes/IcloudReady/send/host';
import { buildRequest, type Lead, type Reply, tidyBaseUrl } from '../../packages/core/src';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';

const lead = { leadInformation: { firstName: 'Mona', phone: '+201000000001' } } as Lead;
const request = buildRequest(lead, { baseUrl: 'https://x.example/api', organizationId: 'org', apiKey: 'secret-key' });

const sending = async (
	answer: () => Promise<unknown>,
	signal?: AbortSignal,
): Promise<{ reply: Reply; options: IHttpRequestOptions | undefined }> => {
	let options: IHttpRequestOptions | undefined;
	const httpRequestWithAuthentication = (_type: string, given: IHttpRequestOptions): Promise<unknown> => {
		options = given;
		return answer();
	};
	const n8n = {
		helpers: { httpRequestWithAuthentication },
		getExecutionCancelSignal: () => signal,
	} as unknown as Sender;
	return { reply: await n8nHost(n8n, {}).send(request, { timeoutMs: 20 }), options };
};

describe('n8n as the host', () => {
	test('asks for every status as data, follows no redirect and leaves the key to n8n', async () => {
		const { reply, options } = await sending(async () => ({ statusCode: 401, headers: { a: 'b' }, body: 'text' }));
		expect(reply).toEqual({ status: 401, headers: { a: 'b' }, body: 'text' });
		expect(options).toMatchObject({
			method: 'POST',
			url: 'https://x.example/api/leads',
			body: JSON.stringify(lead),
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			timeout: 20,
		});
		expect(options?.headers).toEqual({
			accept: 'application/json',
			'accept-encoding': 'identity',
			'content-type': 'application/json',
			organizationId: 'org',
		});
		expect(inspect(options, { depth: 9 })).not.toContain('secret-key');
	});

	test('an answer that never comes is a timeout', async () => {
		const { reply } = await sending(() => new Promise(() => undefined));
		expect(reply).toEqual({ fault: { code: 'TIMEOUT' } });
	});

	test('of an error nothing but its code and what failed is read', async () => {
		const error = Object.assign(new Error('with secret-key'), {
			cause: Object.assign(new Error(), {
				code: 'ECONNREFUSED',
				syscall: 'connect',
				config: { headers: { 'x-api-key': 'secret-key' } },
			}),
		});
		const { reply } = await sending(() => Promise.reject(error));
		expect(reply).toEqual({ fault: { code: 'ECONNREFUSED', syscall: 'connect' } });
	});

	test.each([
		['nothing', undefined, {}],
		['a text', 'ECONNREFUSED', {}],
		['no code', new Error('x'), {}],
		['an older n8n, which has the code elsewhere', { httpCode: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }],
		['a status', { httpCode: '404' }, {}],
		['a code that is no text', { code: 7 }, {}],
		['the first code of a chain', { code: 'A', cause: { code: 'B', syscall: 'c' } }, { code: 'A', syscall: 'c' }],
	])('the fault of %s', (_name, error, fault) => {
		expect(faultOf(error)).toEqual(fault);
	});

	test('a chain of causes without an end ends', () => {
		const error: { cause?: unknown } = {};
		error.cause = error;
		expect(faultOf(error)).toEqual({});
	});

	test.each<[name: string, stop: (run: AbortController) => void]>([
		['before', (run) => run.abort()],
		[
			'while',
			(run) => {
				queueMicrotask(() => run.abort());
			},
		],
	])('a run that is stopped %s a lead is on its way ends its request', async (_name, stop) => {
		const run = new AbortController();
		stop(run);
		const httpRequestWithAuthentication = async function (this: Sender): Promise<never> {
			const signal = this.getExecutionCancelSignal() as AbortSignal;
			return await new Promise((_resolve, reject) => {
				const end = (): void => reject(Object.assign(new Error(), { code: 'ERR_CANCELED' }));
				if (signal.aborted) end();
				signal.addEventListener('abort', end);
			});
		};
		const n8n = {
			helpers: { httpRequestWithAuthentication },
			getExecutionCancelSignal: () => run.signal,
		} as unknown as Sender;
		expect(await n8nHost(n8n, {}).send(request, { timeoutMs: 10_000 })).toEqual({ fault: { code: 'ERR_CANCELED' } });
	});

	test('the signal of the run remembers nothing of a lead that has ended', async () => {
		const { signal } = new AbortController();
		await sending(async () => ({ statusCode: 201, headers: {}, body: '{}' }), signal);
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});

	test('a stopped run is told', () => {
		const stopped = (signal?: AbortSignal): boolean | undefined =>
			n8nHost({ getExecutionCancelSignal: () => signal } as unknown as Sender, {}).stopped?.();
		expect([stopped(), stopped(new AbortController().signal), stopped(AbortSignal.abort())]).toEqual([
			false,
			false,
			true,
		]);
	});
});

describe('in order', () => {
	const each = async function* (all: readonly string[]): AsyncGenerator<string, void, undefined> {
		for (const one of all) yield await Promise.resolve(one);
	};

	const run = async (
		limit: number,
		haltAfter = Infinity,
	): Promise<{ results: readonly (string | undefined)[]; most: number }> => {
		let running = 0;
		let most = 0;
		let done = 0;
		const results = await inOrder<string, string>(
			each(['a', 'b', 'c', 'd', 'e']),
			limit,
			() => done >= haltAfter,
			async (each) => {
				most = Math.max(most, ++running);
				// Later ones are done sooner.
				for (let turns = 'f'.charCodeAt(0) - each.charCodeAt(0); turns > 0; turns -= 0.05) await Promise.resolve();
				running--;
				done++;
				return each.toUpperCase();
			},
		);
		return { results, most };
	};

	test.each([
		[1, 1],
		[2, 2],
		[5, 5],
		[9, 5],
	])('with at most %i at a time, %i run at once and results keep their order', async (limit, most) => {
		expect(await run(limit)).toEqual({ results: ['A', 'B', 'C', 'D', 'E'], most });
	});

	test('no more is read than is started, so that nothing is held and the first leave at once', async () => {
		let read = 0;
		const all = async function* (): AsyncGenerator<string, void, undefined> {
			for (const one of ['a', 'b', 'c', 'd']) {
				read++;
				yield await Promise.resolve(one);
			}
		};
		const seen = await inOrder<string, number>(
			all(),
			1,
			() => false,
			async () => await Promise.resolve(read),
		);
		expect(seen).toEqual([1, 2, 3, 4]);
	});

	test('nothing starts after a halt', async () => {
		expect((await run(1, 2)).results).toEqual(['A', 'B', undefined, undefined, undefined]);
	});
});

describe('the credential', () => {
	const { authenticate, test: credentialTest } = new IcloudReadyApi();
	const authenticated = async (headers?: Record<string, string>): Promise<unknown> => {
		if (typeof authenticate !== 'function')
			throw new Error("authenticate must be a function, or it overwrites a request's own organization");
		return (
			await authenticate(
				{ apiKey: ' key ', organizationId: 'own' },
				{ url: '/', ...(headers === undefined ? {} : { headers }) },
			)
		).headers;
	};

	test.each([
		['no headers', undefined, { 'x-api-key': 'key', organizationId: 'own' }],
		['another organization', { organizationId: 'other' }, { 'x-api-key': 'key', organizationId: 'other' }],
		[
			'another organization in other letters',
			{ OrganizationID: 'other' },
			{ 'x-api-key': 'key', OrganizationID: 'other' },
		],
		['an empty organization', { organizationId: '' }, { 'x-api-key': 'key', organizationId: 'own' }],
		['another key', { 'x-api-key': 'wrong' }, { 'x-api-key': 'key', organizationId: 'own' }],
	])('a request with %s', async (_name, headers, expected) => {
		expect(await authenticated(headers)).toEqual(expected);
	});

	test.each([
		'',
		' ',
		'https://x.example/api',
		'https://x.example/api/',
		'https://x.example/api//',
		'https://x.example/api/leads',
		' https://x.example/api/leads/ ',
	])('its test reads the base URL %p as the node does', (baseUrl) => {
		const expression = String(credentialTest.request.baseURL);
		const evaluate = new Function('$credentials', `return ${expression.slice(3, -2)}`) as (
			credentials: unknown,
		) => string;
		expect(evaluate({ baseUrl })).toBe(tidyBaseUrl(baseUrl));
	});

	test('what an account lacks is the outcome of its leads', async () => {
		const account = await accountsOf({ getCredentials: () => Promise.reject(new Error('none')) } as never)(0);
		expect(account).toBe('account');
		const complete = { apiKey: 'k', organizationId: 'o', baseUrl: '', allowHttp: false, gateway: false, decrypted: {} };
		expect(
			[
				missingSetting('account', 'o'),
				missingSetting('accountOfItem', 'o'),
				missingSetting({ ...complete, apiKey: '' }, 'o'),
				missingSetting(complete, ''),
			].map((each) => each?.outcome),
		).toEqual(['failed', 'failed', 'failed', 'failed']);
		expect(missingSetting(complete, 'o')).toBeUndefined();
	});
});
