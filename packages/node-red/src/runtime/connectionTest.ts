import { buildRequest, explain, inContext, interpretResponse, type Language, type Lead, type Outcome, tidyBaseUrl } from '@icloud-ready/core';
import type { NodeAPI } from 'node-red';
import { baseUrlFlaw } from '../baseUrl';
import { languageOf } from './language';
import { localeWords } from './localeWords';
import { networkOptions } from './network';
import { accountSettings, asText } from './settings';
import { variableFlaw, variableOf, variableOutcome } from './variables';

/** What the account's dialog shows under its button. */
export interface TestResult {
	readonly ok: boolean;
	readonly message: string;
	readonly hint: string;
}

type Failure = (key: string, blanks?: Readonly<Record<string, string | number>>) => TestResult;

/** A result whose words are `answer.<key>` of the account's locale. */
const failureIn = (language: Language): Failure => {
	const say = localeWords('account', language);
	return (key, blanks) => ({ ok: false, message: say(`answer.${key}.message`, blanks), hint: say(`answer.${key}.hint`) });
};

/** The answer to an empty lead in words. A refusal of the lead is what a working key gets. */
export const judge = (outcome: Outcome, timeoutSeconds: number, language: Language = 'en'): TestResult => {
	const failure = failureIn(language);
	const status = outcome.status ?? '';
	switch (outcome.outcome) {
		case 'invalid':
			return { ...failure('expected', { status }), ok: true };
		case 'rateLimited':
			return failure('limited');
		case 'unconfirmed':
			if (outcome.cause.kind === 'timeout') return failure('late', { seconds: timeoutSeconds });
			return outcome.status === null ? failure('cut') : failure('strange', { status });
		case 'created':
			return failure('accepted');
		case 'failed':
			if (outcome.cause.kind === 'status') return failure('noApi', { status });
			if (outcome.cause.kind === 'busy') return failure('tooBusy');
			if (outcome.cause.kind === 'notReached') return { ok: false, message: explain(outcome, language).message, hint: localeWords('account', language)('answer.notReached.hint') };
			return { ok: false, ...explain(outcome, language) };
		case 'unauthorized':
		case 'forbidden':
		case 'duplicate':
		case 'dryRun':
			return { ok: false, ...explain(outcome, language) };
	}
};

interface TestRequest {
	readonly id?: unknown;
	readonly apiKey?: unknown;
	/** The language of the dialog. */
	readonly language?: unknown;
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
	const language = languageOf(body.language);
	const unset = (settings: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>): TestResult | undefined => {
		// What the dialog shows is put in as an empty text where the variable is not set; a started account has it as it stands.
		const asStarted = Object.fromEntries(Object.entries(settings).map(([name, value]) => {
			const variable = variableOf(given[name]);
			return [name, variable !== undefined && value === '' && process.env[variable] === undefined ? given[name] : value];
		}));
		const flaw = variableFlaw(asStarted, given);
		return flaw === undefined ? undefined : { ok: false, ...explain(variableOutcome(flaw), language) };
	};
	const flawed = unset(setting, body);
	if (flawed !== undefined) return flawed;
	const failure = failureIn(language);
	let apiKey = asText(setting.apiKey);
	if (apiKey === '') {
		const stored = RED.nodes.getNode(id) as unknown as { readonly storedBaseUrl?: string } | null;
		const credentials = RED.nodes.getCredentials(id) as { readonly apiKey?: unknown } | undefined;
		apiKey = asText(resolved(RED, credentials?.apiKey));
		const flawedKey = unset({ apiKey }, { apiKey: credentials?.apiKey });
		if (flawedKey !== undefined) return flawedKey;
		if (apiKey === '') return failure('noKey');
		if (stored?.storedBaseUrl === undefined || stored.storedBaseUrl !== tidyBaseUrl(baseUrl)) {
			return failure('otherAddress');
		}
	}
	if (organizationId === '') return failure('noOrganization');
	const flaw = baseUrlFlaw(baseUrl, allowHttp);
	if (flaw === 'baseUrl') return failure('noAddress');
	if (flaw === 'login') return failure('login');
	if (flaw === 'path') return failure('path');
	if (flaw === 'https') return failure('readable');

	const timeoutMs = timeoutSeconds * 1000;
	const { createTransport } = await import('./transport');
	const transport = createTransport({ connections: 1, timeoutMs, ...networkOptions(RED, setting.tls, setting.proxy) }, process.env);
	try {
		const connection = { baseUrl, organizationId, apiKey };
		// A lead without anything, which the types rightly refuse and so does the API.
		const reply = await transport.send(buildRequest({} as Lead, connection), { timeoutMs });
		return judge(inContext(interpretResponse(reply, Date.now()), connection, timeoutMs), timeoutSeconds, language);
	} finally {
		await transport.close();
	}
};

/** `POST icloud-ready/account/test` for whoever may change accounts; the answer never holds the key. */
export const registerConnectionTest = (RED: NodeAPI): void => {
	RED.httpAdmin.post('/icloud-ready/account/test', RED.auth.needsPermission('icloud-ready-account.write'), (request, response) => {
		const body: unknown = request.body;
		const asked = typeof body === 'object' && body !== null ? (body as TestRequest) : {};
		runTest(RED, asked).then(
			(result) => response.json(result),
			() => response.json(failureIn(languageOf(asked.language))('broken')),
		);
	});
};
