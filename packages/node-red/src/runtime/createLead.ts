import { issueAt, type Outcome, outcomeObject, outcomeOf } from '@icloud-ready/core';
import type { Origin } from '@icloud-ready/outbox';
import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { type AccountNode, closingMs, waitingEvent } from './account';
import { type CreateLeadConfig, createLeadSettings } from './createLeadSettings';
import { type Draft, readMessage } from './drafts';
import { evaluateFields, FieldFault } from './fieldValues';
import { keptMessage } from './keptMessage';
import { inLanguage, languageOf } from './language';
import { forgetPayload, rememberPayload } from './lastMessages';
import { registerPreview } from './previewRoutes';
import { recordOf } from './record';
import { type LeadEnd, replyStatus, withoutResponse, withReplyStatus } from './replyStatus';
import { isFailure, routeOf } from './routing';
import { asText } from './settings';
import type { Translate } from './status';
import { createStatusLine } from './statusLine';
import { createUnderWay } from './underWay';

export const createLeadType = 'icloud-ready-create-lead';

type LeadMessage = NodeMessage & {
	icloudReady?: unknown;
	parts?: unknown;
	readonly organizationId?: unknown;
	readonly language?: unknown;
};

type LeadOrOutcome = Draft & { readonly kind: 'draft' | 'outcome' };
type Send = (outputs: (LeadMessage | null)[]) => void;

const unevaluated = (field: string): Outcome =>
	outcomeOf({ outcome: 'invalid', cause: { kind: 'ownCheck' } }, { issues: [issueAt(field, { kind: 'notEvaluated' })] });

/** Messages in, leads to the account, outcomes out: each lead leaves once, on an output or through Catch. */
export default (RED: NodeAPI): void => {
	function CreateLead(this: Node, config: CreateLeadConfig): void {
		RED.nodes.createNode(this, config);
		const { input, routing, fields, policy } = createLeadSettings(config);
		const account = (): AccountNode | null => RED.nodes.getNode(asText(config.account)) as AccountNode | null;

		const translate: Translate = (key, values) => RED._(key, values as Record<string, string>);
		const line = createStatusLine(this, translate, () => ({ heldMs: account()?.heldMs() ?? 0, outbox: account()?.outbox?.state() }));
		const onWaiting = (): void => line.refresh();
		account()?.on(waitingEvent as never, onWaiting as never);

		let faultTold = false;
		const record = recordOf(policy.duplicates, RED.settings.userDir, () => {
			line.refresh({ recordFault: true });
			if (faultTold) return;
			faultTold = true;
			this.warn('The record of created leads cannot be used, so leads are sent without looking for duplicates. Check that the folder icloud-ready in the user folder can be written, then restart.');
		});

		const underWay = createUnderWay();
		let closed = false;
		const measure = (outcome: Outcome, msg: LeadMessage, begunAtMs: number): void => {
			// Without a name it says whether anybody collects metrics, which hardly anybody does.
			if (this.metric()) this.metric(`lead.${outcome.outcome}`, msg, Date.now() - begunAtMs);
		};
		this.on('close', (done: () => void) => {
			closed = true;
			line.stop();
			forgetPayload(this.id);
			account()?.outbox?.detach(this.id);
			account()?.removeListener(waitingEvent, onWaiting);
			void underWay.drained(closingMs + 1000).then(async () => await record?.release()).then(() => done(), () => done());
		});

		const isWired = (index: number): boolean =>
			((this as unknown as { readonly wires?: readonly (readonly string[])[] }).wires?.[index] ?? []).some((id) => RED.nodes.getNode(id) != null);

		const deliver = async (draft: LeadOrOutcome, msg: LeadMessage, origin: () => Origin): Promise<Outcome | 'kept'> => {
			if (draft.kind === 'outcome') return draft.outcome;
			const chosen = account();
			if (chosen === null || chosen === undefined) return outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing: 'account' } });
			const organizationId = asText(msg.organizationId);
			return await chosen.deliver({ draft: draft.draft, policy: { ...policy, language: languageOf(msg.language) }, reading: draft.reading, once: record?.once, ...(organizationId === '' ? {} : { organizationId }) }, origin);
		};

		/** Puts the outcome into the message and sends it where it belongs. Gives the words where Catch must be told. */
		const pass = (outcome: Outcome, msg: LeadMessage, send: Send, restored = false): string | undefined => {
			const told = inLanguage(outcome, msg.language);
			msg.icloudReady = { ...outcomeObject(told), ...(restored ? { restored } : {}) };
			if (outcome.outcome === 'created') msg.payload = outcome.answer;
			const route = routeOf(outcome, routing, isWired);
			const words = [told.message, told.hint].filter((text) => text !== '').join(' ');
			if (closed && isFailure(outcome)) {
				// The nodes behind the outputs, and Catch, may have stopped before this one: the log is what is left.
				this.error(words);
				return undefined;
			}
			if (route.to === 'catch') return words;
			send([...Array<null>(route.index).fill(null), msg]);
			return undefined;
		};

		const readDrafts = async (msg: LeadMessage): Promise<readonly Draft[]> => {
			try {
				return readMessage(input, msg.payload, input === 'lead' ? [] : await evaluateFields(RED, this, fields, msg), { ...policy, language: languageOf(msg.language) });
			} catch (error) {
				if (error instanceof FieldFault) return [{ kind: 'outcome', outcome: unevaluated(error.field) }];
				throw error;
			}
		};

		/** One lead to its outcome, which leaves in `msg`. Gives the words where Catch must be told. */
		const settle = async (draft: LeadOrOutcome, msg: LeadMessage, send: Send, ends: LeadEnd[], count: number, fill: (outcome: Outcome) => void = () => undefined): Promise<string | undefined> => {
			line.began();
			const begunAtMs = Date.now();
			const outcome = await deliver(draft, msg, () => ({ nodeId: this.id, message: keptMessage(msg, count, draft.kind === 'draft' ? draft.part : undefined) }));
			ends.push(outcome === 'kept' ? outcome : outcome.outcome);
			if (outcome === 'kept') {
				line.kept();
				// What a node before this one put there would be taken for this lead's outcome.
				delete msg.icloudReady;
				return undefined;
			}
			line.ended(outcome);
			measure(outcome, msg, begunAtMs);
			fill(outcome);
			return pass(outcome, msg, send);
		};

		/** Several leads of one message: each leaves in a copy of it, and Catch is told of each failure by itself. */
		const settleEach = async (drafts: readonly LeadOrOutcome[], { payload, ...rest }: LeadMessage, send: Send, ends: LeadEnd[]): Promise<void> => {
			const count = drafts.length;
			const outer = rest.parts === undefined ? {} : { parts: rest.parts };
			await Promise.all(drafts.map(async (draft, index) => {
				const msg = RED.util.cloneMessage(rest as LeadMessage);
				msg.parts = { id: rest._msgid, type: 'array', index, count, len: 1, ...outer };
				// The list itself is copied for the leads that leave with it only: a copy for each of a thousand leads is a million entries.
				const words = await settle(draft, msg, send, ends, count, ({ outcome }) => { if (outcome !== 'created') msg.payload = RED.util.cloneMessage({ payload } as LeadMessage).payload; });
				if (words !== undefined) this.error(words, withoutResponse(msg));
			}));
		};

		const handle = async (msg: LeadMessage, send: Send, ends: LeadEnd[]): Promise<string | undefined> => {
			const leads = (await readDrafts(msg)).filter((draft) => draft.kind !== 'notALead');
			const [first] = leads;
			if (first === undefined) {
				line.show({ fill: 'grey', shape: 'ring', text: translate('status.notALead') });
				return undefined;
			}
			if (leads.length === 1) return await settle(first, msg, send, ends, 1);
			await settleEach(leads, msg, send, ends);
			return undefined;
		};

		account()?.outbox?.attach(this.id, {
			once: record?.once,
			tell: ({ origin, arrivedAtMs }, outcome, restored) => {
				const msg = { ...origin.message } as unknown as LeadMessage;
				line.keptEnded(outcome);
				measure(outcome, msg, arrivedAtMs);
				const words = pass(outcome, msg, (outputs) => this.send(outputs), restored);
				if (words !== undefined) this.error(words, msg);
			},
		});
		if (account() === null || account() === undefined) line.show({ fill: 'red', shape: 'ring', text: translate('status.notConfigured') });
		this.on('input', (msg, send, done) => {
			rememberPayload(this.id, msg.payload);
			const ends: LeadEnd[] = [];
			underWay.track(handle(msg as LeadMessage, send as Send, ends)).then(
				// A text, not an Error: Catch would show the stack, which names files of the server.
				(words) => withReplyStatus(msg, replyStatus(ends, policy.duplicates), () => (words === undefined ? done() : done(words as never))),
				() => withReplyStatus(msg, 500, () => done('The lead could not be handled, and nothing is known of it. Look for it in iCloud-Ready before you send it again.' as never)),
			);
		});
	}

	registerPreview(RED);
	RED.nodes.registerType(createLeadType, CreateLead);
};

