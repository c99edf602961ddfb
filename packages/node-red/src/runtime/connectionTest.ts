import { buildRequest, explain, inContext, interpretResponse, type Lead, type Outcome, tidyBaseUrl } from '@icloud-ready/core';
import type { NodeAPI } from 'node-red';
import { baseUrlFlaw } from '../baseUrl';
import { networkOptions } from './network';
import { accountSettings, asText } from './settings';
import { createTransport } from './transport';

/** What the account's dialog shows under its button. */
export interface TestResult {
	readonly ok: boolean;
	readonly message: string;
	readonly hint: string;
}

const failure = (message: string, hint: string): TestResult => ({ ok: false, message, hint });

/** The answer to an empty lead in words. A refusal of the lead is what a working key gets. */
export const judge = (outcome: Outcome, timeoutSeconds: number): TestResult => {
	switch (outcome.outcome) {
		case 'invalid':
			return { ok: true, message: `iCloud-Ready answered as expected (${outcome.status} to an empty lead).`, hint: 'The organization ID is proven by the first lead.' };
		case 'rateLimited':
			return failure('iCloud-Ready takes no more requests for now.', 'Wait a minute, then test again.');
		case 'unconfirmed':
			return outcome.cause.kind === 'timeout'
				? failure(`No answer came back within ${timeoutSeconds} s.`, 'Check the base URL, or allow a longer timeout under Limits.')
				: failure(
					outcome.status === null ? 'The connection broke off before the answer came.' : `The server answered in a way that iCloud-Ready does not (status ${outcome.status}).`,
					'Check the base URL, then test again.',
				);
		case 'created':
			return failure('The server accepted an empty lead, which iCloud-Ready does not do.', 'Check the base URL.');
		case 'failed':
			if (outcome.cause.kind === 'status') return failure(`There is no lead API at this address (status ${outcome.status}).`, 'Check the base URL.');
			if (outcome.cause.kind === 'busy') return failure('iCloud-Ready is too busy to answer.', 'Wait a minute, then test again.');
			return { ok: false, ...explain(outcome), hint: outcome.cause.kind === 'notReached' ? 'Check the base URL and the network.' : explain(outcome).hint };
		case 'unauthorized':
		case 'forbidden':
		case 'duplicate':
		case 'dryRun':
			return { ok: false, ...explain(outcome) };
	}
};

interface TestRequest {
	readonly id?: unknown;
	readonly apiKey?: unknown;
	readonly [setting: string]: unknown;
}

/** `${NAME}` as a whole value, which Node-RED replaces when it starts a node and not in a dialog. */
const resolved = (RED: NodeAPI, value: unknown): unknown => {
	const name = /^\$\{([^}]+)\}$/.exec(asText(value))?.[1];
	return name === undefined ? value : RED.util.evaluateNodeProperty(name, 'env', {} as never, {});
};

/**
 * Tests what the dialog shows, saved or not: sends `{}`, which creates nothing. A key that is stored is used only with
 * the base URL it is stored with, so that nobody can have it sent elsewhere by editing the address.
 */
const runTest = async (RED: NodeAPI, body: TestRequest): Promise<TestResult> => {
	const setting = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, resolved(RED, value)]));
	const { baseUrl, organizationId, allowHttp, timeoutSeconds } = accountSettings(setting);
	const id = asText(body.id);
	let apiKey = asText(setting.apiKey);
	if (apiKey === '') {
		const stored = RED.nodes.getNode(id) as unknown as { readonly storedBaseUrl?: string } | null;
		const credentials = RED.nodes.getCredentials(id) as { readonly apiKey?: unknown } | undefined;
		apiKey = asText(resolved(RED, credentials?.apiKey));
		if (apiKey === '') return failure('There is no API key to test with.', 'Paste the key, then test again.');
		if (stored?.storedBaseUrl === undefined || stored.storedBaseUrl !== tidyBaseUrl(baseUrl)) {
			return failure('The base URL was changed, so the saved key was not sent to it.', 'Paste the key again to test it with this address.');
		}
	}
	if (organizationId === '') return failure('The organization ID is missing.', 'Enter it, then test again.');
	const flaw = baseUrlFlaw(baseUrl, allowHttp);
	if (flaw === 'baseUrl') return failure('The base URL is not a web address.', 'Enter it as https://…, then test again.');
	if (flaw === 'login') return failure('The base URL holds a user name or a password.', 'Remove it: the API key is enough.');
	if (flaw === 'path') return failure('The base URL holds more than an address, such as a question mark or two dots in its path.', 'Leave nothing but the path behind the host, then test again.');
	if (flaw === 'https') return failure('The base URL begins with http://, so the key would travel readable.', 'Use https://, or allow plain http where the network is your own.');

	const timeoutMs = timeoutSeconds * 1000;
	const transport = createTransport({ connections: 1, timeoutMs, ...networkOptions(RED, setting.tls, setting.proxy) }, process.env);
	try {
		const connection = { baseUrl, organizationId, apiKey };
		// A lead without anything, which the types rightly refuse and so does the API.
		const reply = await transport.send(buildRequest({} as Lead, connection), { timeoutMs });
		return judge(inContext(interpretResponse(reply, Date.now()), connection, timeoutMs), timeoutSeconds);
	} finally {
		await transport.close();
	}
};

/** `POST icloud-ready/account/test` for whoever may change accounts; the answer never holds the key. */
export const registerConnectionTest = (RED: NodeAPI): void => {
	RED.httpAdmin.post('/icloud-ready/account/test', RED.auth.needsPermission('icloud-ready-account.write'), (request, response) => {
		const body: unknown = request.body;
		runTest(RED, typeof body === 'object' && body !== null ? (body as TestRequest) : {}).then(
			(result) => response.json(result),
			() => response.json(failure('The test could not be run.', 'Check the values, then test again.')),
		);
	});
};
