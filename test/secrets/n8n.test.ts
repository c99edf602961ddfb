import { IcloudReadyApi } from '../../credentials/IcloudReadyApi.credentials';
import { IcloudReady } from '../../nodes/IcloudReady/IcloudReady.node';
import { canary, expectNoKeyIn } from '../fixtures/canary';
import { type EchoRow, echoRows, leadFor } from '../fixtures/echo';
import { fakeParameters } from '../fixtures/fakeParameters';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

/** An error as n8n's HTTP client throws it: the request with its headers is in it, and in what caused it. */
const clientError = (code: string, options: IHttpRequestOptions): Error =>
	Object.assign(new Error(`${code} ${JSON.stringify(options)}`), {
		code,
		config: options,
		request: { headers: options.headers },
		cause: Object.assign(new Error(canary), { code, syscall: 'read', config: options }),
	});

/** What n8n's HTTP client would give for a row; the key is put in by the credential, as in n8n. */
const answer = async (
	{ status, headers = {}, body = '', instead }: EchoRow,
	request: IHttpRequestOptions,
): Promise<object> => {
	const { authenticate } = new IcloudReadyApi();
	if (typeof authenticate !== 'function') throw new Error('authenticate is a function');
	const options = await authenticate({ apiKey: canary, organizationId: 'org', baseUrl: '' }, request);
	expect(JSON.stringify(options.headers)).toContain(canary);
	if (instead !== undefined) throw clientError(instead === 'cut' ? 'ECONNRESET' : 'ETIMEDOUT', options);
	return { statusCode: status, headers, body };
};

interface Ran {
	readonly left: unknown;
	readonly thrown: unknown;
	readonly written: readonly unknown[];
	readonly sent: number;
}

/** n8n's node keeps what it learned of an account's limit, so each run has an account of its own. */
let accounts = 0;

const run = async (
	rows: readonly EchoRow[],
	parameters: Readonly<Record<string, unknown>>,
	goesOn: boolean,
): Promise<Ran> => {
	const written: unknown[] = [];
	let sent = 0;
	const context = {};
	const baseUrl = `https://crm-${accounts++}.test`;
	const values: Readonly<Record<string, unknown>> = { leadInput: 'json', ...parameters };
	const n8n = {
		getInputData: () => rows.map((row) => ({ json: leadFor(row) })),
		getNode: () => ({ id: 'n', name: 'Create Lead', retryOnFail: true }),
		getWorkflow: () => ({ id: 'w' }),
		getContext: () => context,
		getNodeOutputs: () => [{ type: 'main' }],
		getNodeParameter: fakeParameters(values, (item) => ({ leadJson: leadFor(rows[item] as EchoRow) })),
		getCredentials: async () => Promise.resolve({ apiKey: canary, organizationId: 'org', baseUrl }),
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => goesOn,
		addExecutionHints: (hint: unknown) => written.push(hint),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				const row = rows.find(
					({ name }) => name === (JSON.parse(String(options.body)) as { campaignName: string }).campaignName,
				);
				sent++;
				return await answer(row as EchoRow, options);
			},
			checkProcessedAndRecord: async (items: readonly string[]) => {
				written.push(items);
				return await Promise.resolve({ new: items, processed: [] });
			},
			removeProcessed: async (items: readonly string[]) => {
				written.push(items);
				await Promise.resolve();
			},
		},
	};
	const ended = await new IcloudReady().execute.call(n8n as unknown as IExecuteFunctions).then(
		(left) => ({ left, thrown: undefined }),
		(thrown: unknown) => ({ left: undefined, thrown }),
	);
	return { ...ended, written: [...written, context], sent };
};

const options = { maxTries: 1, timeoutSeconds: 1 };

test.each(echoRows)('$name: the error that stops the workflow holds no key, nor does the memory', async (row) => {
	const { left, thrown, written, sent } = await run([row], { options }, false);
	expect(sent).toBe(1);
	expect((left === undefined) !== (thrown === undefined)).toBe(true);
	expectNoKeyIn('thrown', thrown);
	expectNoKeyIn('as JSON', JSON.stringify([thrown, left]));
	expectNoKeyIn('items', left);
	expectNoKeyIn('written', written);
});

// Each alone: after a refused key the rest of a run is not sent.
test.each<[name: string, parameters: Readonly<Record<string, unknown>>]>([
	['one output', { options }],
	['one output for each outcome', { outputPerOutcome: true, options }],
	['a record of this run', { options: { ...options, duplicates: 'run' } }],
	['a lasting record', { options: { ...options, duplicates: 'always' } }],
	['a dry run', { options: { ...options, dryRun: true } }],
])('%s: no item, hint, memory or record holds the key', async (name, parameters) => {
	for (const row of echoRows) {
		const { left, thrown, written } = await run([row], parameters, true);
		expect([row.name, thrown]).toEqual([row.name, undefined]);
		expectNoKeyIn(`${name}, ${row.name}`, [left, written]);
	}
});
