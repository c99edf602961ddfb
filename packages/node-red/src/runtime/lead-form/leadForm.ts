import type { Transport } from '@icloud-ready/http';
import { createCallRecord } from '../calls/callRecord';
import { followedOf } from '../calls/followMessages';
import { type LeadFormConfig, readLeadFormSettings } from '../config/leadFormSettings';
import { monotonicMs } from '../config/monotonic';
import { asText } from '../config/values';
import { createLastingRecord } from '../dedupe/dedupeStores';
import { receiveAt } from './addresses';
import { refusedAnswer, sendAnswer } from './answer';
import type { FormNode } from './formNode';
import type { FormServer, Middleware } from './httpTypes';
import { lastCalls, registerLastCall } from './lastCall';
import { maxBytesOf } from './rawBody';
import { receiveCall } from './receiveCall';
import { createResultLine } from './resultLine';
import { throughMiddleware } from './throughMiddleware';
import { fetchLeadgen, platforms, type ReceivingSecrets, settingText } from '@icloud-ready/core';
import type { Node, NodeAPI } from 'node-red';
import { setTimeout as sleep } from 'node:timers/promises';

const leadFormType = 'icloud-ready-lead-form';

const secretsOf = (credentials: unknown): ReceivingSecrets => {
	const given = (credentials ?? {}) as Readonly<Record<string, unknown>>;
	return {
		secret: asText(given.secret),
		nextSecret: asText(given.nextSecret),
		verifyToken: asText(given.verifyToken),
		pageToken: asText(given.pageToken),
	};
};

/** Asks Meta for leads; nothing is opened before one has to be asked for. */
const openGraph = (
	settings: FormNode['settings'],
	{ pageToken }: ReceivingSecrets,
): {
	readonly isAsked: boolean;
	readonly fetchLeads: FormNode['fetchLeads'];
	readonly close: () => Promise<void>;
} => {
	const isAsked = settings.platform === 'meta' && pageToken !== '';
	let transport: Promise<Transport> | undefined;
	const timeoutMs = settings.answerSeconds * 1000;
	const open = async (): Promise<Transport> =>
		(await import('../../../../http/src/transport')).createTransport({ connections: 10, timeoutMs }, process.env);
	return {
		isAsked,
		fetchLeads: async (payload) => {
			if (!isAsked) return { kind: 'payload', payload };
			transport ??= open();
			const { send } = await transport;
			return await fetchLeadgen(
				payload,
				// The flow needs some of the time too.
				{ graphUrl: settings.graphUrl, pageToken, mostMs: timeoutMs * 0.7 },
				{
					send,
					sleep: async (ms) => await sleep(ms, undefined, { ref: false }),
					now: Date.now,
					monotonicMs,
					random: Math.random,
				},
			);
		},
		close: async () => {
			await (await transport)?.close();
		},
	};
};

/** Calls of a platform or a website in, submissions out; answered by what becomes of their leads. */
export default (RED: NodeAPI): void => {
	function LeadForm(this: Node, config: LeadFormConfig): void {
		RED.nodes.createNode(this, config);
		const { settings, flaws } = readLeadFormSettings(config);
		for (const each of flaws) this.warn(settingText(each));
		const secrets = secretsOf(this.credentials);
		const server = RED.httpNode as unknown as FormServer | undefined;
		const say = (key: string): string => RED._(`status.${key}`);
		const line = createResultLine(this, (key, values) => RED._(`status.${key}`, values as Record<string, string>));
		if (settings.path === '' || server === undefined || typeof server.use !== 'function') {
			this.status({ fill: 'red', shape: 'ring', text: say('noPath') });
			return;
		}
		const { provesBy } = platforms[settings.platform];
		if (provesBy !== 'token' && secrets.secret === '' && secrets.nextSecret === '')
			this.status({ fill: 'red', shape: 'ring', text: say('noSecret') });

		const record = createLastingRecord(asText(RED.settings.userDir) || '.', (isAway, warning) => {
			if (warning !== undefined) return this.warn(warning);
			if (isAway)
				this.warn(
					'The record of calls cannot be used, so a repeated call may be taken for a new one. It is tried again automatically.',
				);
		});
		const graph = openGraph(settings, secrets);
		const form: FormNode = {
			node: this,
			settings,
			secrets,
			record: createCallRecord(record.marks, Date.now),
			followed: followedOf(RED),
			waiting: new Map(),
			stopping: new Set(),
			fetchesLeads: graph.isAsked,
			fetchLeads: graph.fetchLeads,
			tell: (result) => {
				lastCalls.set(this.id, { atMs: Date.now(), ...result });
				line.show(result);
			},
		};
		const middleware = RED.settings.httpNodeMiddleware as Middleware | readonly Middleware[] | undefined;
		const address = receiveAt(server, settings.path, maxBytesOf(RED.settings.apiMaxLength), (request, response, raw) =>
			throughMiddleware(middleware, request, response, () => {
				receiveCall(form, request, response, raw).catch((error: unknown) => {
					sendAnswer(response, refusedAnswer('busy', 'en'));
					this.error(`A call could not be handled: ${error instanceof Error ? error.name : 'unknown'}`);
				});
			}),
		);
		if (address.isSecond) this.warn(`Another node receives at ${settings.path} already, and goes on to do so.`);

		this.on('close', (done: () => void) => {
			address.stop();
			line.stop();
			for (const stop of form.stopping) stop();
			// Those that are being answered write to the record first.
			void Promise.allSettled([...form.waiting.values()])
				.then(async () => await Promise.all([record.release(), graph.close()]))
				.then(
					() => done(),
					() => done(),
				);
		});
	}

	registerLastCall(RED);
	RED.nodes.registerType(leadFormType, LeadForm as never, {
		credentials: {
			secret: { type: 'password' },
			nextSecret: { type: 'password' },
			verifyToken: { type: 'password' },
			pageToken: { type: 'password' },
		},
	});
};
