import { baseUrlFlaw } from '../../baseUrl';
import { accountSettings, accountType } from '../config/accountSettings';
import { asText } from '../config/values';
import { variableFlaw, variableOf, variableOutcome } from '../config/variables';
import { languageOf } from '../message/language';
import { localeWords } from '../message/localeWords';
import { networkOptions } from './network';
import {
	buildRequest,
	explain,
	exchange,
	isSendable,
	type Language,
	type Lead,
	type Outcome,
} from '@icloud-ready/core';
import type { NodeAPI } from 'node-red';

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
	return (key, blanks) => ({
		ok: false,
		message: say(`answer.${key}.message`, blanks),
		hint: say(`answer.${key}.hint`),
	});
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
			if (outcome.cause.kind === 'notReached')
				return {
					ok: false,
					message: explain(outcome, language).message,
					hint: localeWords('account', language)('answer.notReached.hint'),
				};
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

const tested = ['baseUrl', 'organizationId', 'allowHttp', 'timeoutSeconds', 'tls', 'proxy', 'apiKey'] as const;
type Tested = Readonly<Record<(typeof tested)[number], unknown>>;

/** The editor's id for a config node that is not chosen. */
const chosen = (id: unknown): string => asText(id).replace(/^_ADD_$/, '');

/** An account as it is deployed, and as it was written in the flow; undefined where it is not. */
const deployedAs = (RED: NodeAPI, id: string): { readonly written: Tested; readonly baseUrl: string } | undefined => {
	const running = RED.nodes.getNode(id) as unknown as {
		readonly type?: string;
		readonly storedBaseUrl?: string;
	} | null;
	let written: Readonly<Record<string, unknown>> | undefined;
	RED.nodes.eachNode((node) => {
		if (node.id === id && node.type === accountType) written = node as unknown as Readonly<Record<string, unknown>>;
	});
	if (running?.storedBaseUrl === undefined || written === undefined) return undefined;
	const { apiKey } = (RED.nodes.getCredentials(id) ?? {}) as { readonly apiKey?: unknown };
	return { written: { ...(written as unknown as Tested), apiKey }, baseUrl: running.storedBaseUrl };
};

/**
 * Tests what the dialog shows, saved or not: sends `{}`, which creates nothing. What is stored, a key or what a variable of
 * the environment holds, is used only as it is deployed: a variable where the account has the very same one, and all of it
 * with the address, the proxy and the TLS settings that are deployed. So nobody can have it sent elsewhere by editing the
 * dialog, nor ask for another variable of this machine.
 */
const runTest = async (RED: NodeAPI, body: TestRequest): Promise<TestResult> => {
	const id = asText(body.id);
	const language = languageOf(body.language);
	const unset = (
		settings: Readonly<Record<string, unknown>>,
		given: Readonly<Record<string, unknown>>,
	): TestResult | undefined => {
		// What the dialog shows is put in as an empty text where the variable is not set; a started account has it as it stands.
		const asStarted = Object.fromEntries(
			Object.entries(settings).map(([name, value]) => {
				const variable = variableOf(given[name]);
				return [
					name,
					variable !== undefined && value === '' && process.env[variable] === undefined ? given[name] : value,
				];
			}),
		);
		const flaw = variableFlaw(asStarted, given);
		return flaw === undefined ? undefined : { ok: false, ...explain(variableOutcome(flaw), language) };
	};
	const failure = failureIn(language);
	const deployed = deployedAs(RED, id);
	const given: Tested = Object.fromEntries(tested.map((name) => [name, body[name]])) as Tested;
	const isKeyStored = asText(given.apiKey) === '';
	const asked: Tested = isKeyStored ? { ...given, apiKey: deployed?.written.apiKey } : given;
	const variables = tested.filter((name) => variableOf(asked[name]) !== undefined);
	const foreign = variables.find((name) => asText(asked[name]) !== asText(deployed?.written[name]));
	if (foreign !== undefined) return failure('afterDeploy', { name: asText(asked[foreign]) });
	const setting: Tested = {
		...asked,
		...Object.fromEntries(
			variables.map((name) => [
				name,
				RED.util.evaluateNodeProperty(variableOf(asked[name]) ?? '', 'env', (RED.nodes.getNode(id) ?? {}) as never, {}),
			]),
		),
	};
	const { baseUrl, organizationId, allowHttp, timeoutSeconds } = accountSettings(setting);
	const flawed = unset(setting, asked);
	if (flawed !== undefined) return flawed;
	const apiKey = asText(setting.apiKey);
	if (apiKey === '') return failure('noKey');
	if (isKeyStored || variables.length > 0) {
		const [first] = variables;
		if (deployed?.baseUrl !== baseUrl)
			return isKeyStored || first === undefined
				? failure('otherAddress')
				: failure('afterDeploy', { name: asText(asked[first]) });
		if (chosen(given.tls) !== chosen(deployed.written.tls) || chosen(given.proxy) !== chosen(deployed.written.proxy))
			return failure('otherRoute');
	}
	if (organizationId === '') return failure('noOrganization');
	if (!isSendable({ baseUrl, organizationId, apiKey })) return failure('unsendable');
	const flaw = baseUrlFlaw(baseUrl, allowHttp);
	if (flaw === 'baseUrl') return failure('noAddress');
	if (flaw === 'login') return failure('login');
	if (flaw === 'path') return failure('path');
	if (flaw === 'https') return failure('readable');

	const timeoutMs = timeoutSeconds * 1000;
	const { createTransport } = await import('../../../../http/src/transport');
	const transport = createTransport(
		{ connections: 1, timeoutMs, ...networkOptions(RED, setting.tls, setting.proxy) },
		process.env,
	);
	try {
		const connection = { baseUrl, organizationId, apiKey };
		// A lead without anything, which the types rightly refuse and so does the API.
		const request = buildRequest({} as Lead, connection);
		const { outcome } = await exchange(request, connection, { send: transport.send, now: Date.now }, timeoutMs);
		return judge(outcome, timeoutSeconds, language);
	} finally {
		await transport.close();
	}
};

/** `POST icloud-ready/account/test` for whoever may change accounts; the answer never holds the key. */
export const registerConnectionTest = (RED: NodeAPI): void => {
	RED.httpAdmin.post(
		'/icloud-ready/account/test',
		RED.auth.needsPermission('icloud-ready-account.write'),
		(request, response) => {
			const body: unknown = request.body;
			const asked = typeof body === 'object' && body !== null ? (body as TestRequest) : {};
			runTest(RED, asked).then(
				(result) => response.json(result),
				() => response.json(failureIn(languageOf(asked.language))('broken')),
			);
		},
	);
};
