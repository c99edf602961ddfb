import { baseUrlFlaw } from '../../baseUrl';
import { accountSettings } from '../config/accountSettings';
import { asText } from '../config/values';
import { variableFlaw, variableOf, variableOutcome } from '../config/variables';
import { languageOf } from '../message/language';
import { deployedAs } from './deployedAccount';
import { exampleLead } from './exampleLead';
import { networkOptions } from './network';
import { readTestRequest, type Tested, tested, type TestRequest } from './testRequest';
import { failureIn, judge, judgeExample, type TestResult } from './testResult';
import {
	buildRequest,
	exchange,
	explain,
	isRecord,
	isSendable,
	type Lead,
	parseJson,
	type Reply,
} from '@icloud-ready/core';
import type { NodeAPI } from 'node-red';

const isJsonObject = (reply: Reply): boolean =>
	'body' in reply && isRecord(typeof reply.body === 'string' ? parseJson(reply.body) : reply.body);

/** The editor's id for a config node that is not chosen. */
const chosen = (id: unknown): string => asText(id).replace(/^_ADD_$/, '');

/**
 * Tests what the dialog shows, saved or not: sends `{}`, which creates nothing, or the example lead where that is asked for. What is stored, a key or what a variable of
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
		const request = buildRequest(body.example === true ? exampleLead : ({} as Lead), connection);
		const host = { send: transport.send, now: Date.now };
		const { outcome, reply } = await exchange(request, connection, host, timeoutMs);
		// A page that says 400 is no word of the API's.
		if (outcome.outcome === 'invalid' && !isJsonObject(reply))
			return failure('strange', { status: outcome.status ?? '' });
		if (body.example === true) return judgeExample({ ...outcome, lead: exampleLead, attempts: 1 }, language);
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
			const asked = readTestRequest(request.body);
			const broken = failureIn(languageOf(asked?.language))('broken');
			if (asked === undefined) return response.status(400).json(broken);
			runTest(RED, asked)
				.catch(() => broken)
				.then((result) => response.json(result));
		},
	);
};
