import { createDrain } from '../account/drain';
import { createSemaphore } from '../account/semaphore';
import { flawKey, type Translate } from '../account/status';
import { type AccountNode, closingMs, waitingEvent } from '../account/types';
import { type CreateLeadConfig, createLeadSettings } from '../config/createLeadSettings';
import { monotonicMs } from '../config/monotonic';
import { asText } from '../config/values';
import { recordOf } from '../dedupe/dedupeStores';
import { evaluateFields, FieldFault } from '../message/evaluateFields';
import { inLanguage, languageOf } from '../message/language';
import { messagesLike } from '../message/messageOf';
import { type Draft, draftsIn, mostLeadsIn } from '../message/readMessage';
import type { Origin } from '../message/origin';
import { type KeptMessage, keptMessage, restoredMessage } from '../message/storableMessage';
import { allOf, listSlices } from '../message/timeSlices';
import { forgetPayload, rememberPayload } from '../preview/lastPayload';
import { registerPreview } from '../preview/routes';
import { createFailureLog } from './failureLog';
import { type LeadEnd, replyStatus, withoutResponse, withReplyStatus } from './replyStatus';
import { isFailure, routeOf } from './routing';
import { createStatusLine } from './statusLine';
import { issueAt, type Outcome, outcomeObject, outcomeOf } from '@icloud-ready/core';
import type { Node, NodeAPI, NodeMessage } from 'node-red';

export const createLeadType = 'icloud-ready-create-lead';

type LeadMessage = NodeMessage & {
	icloudReady?: unknown;
	parts?: unknown;
	readonly organizationId?: unknown;
	readonly language?: unknown;
};

type LeadOrOutcome = Draft & { readonly kind: 'draft' | 'outcome' };

/** So many leads of lists are held at once, read and not yet ended; further lists wait, and hold no more than came in. */
const mostHeld = 20_000;
/** In the words of an outcome it would say that nothing was created, which nobody knows. */
const unknownEnd =
	'The lead could not be handled, and nothing is known of it. Look for it in iCloud-Ready before you send it again.';

/** Tells the Catch nodes; false where there is none that listens. Node-RED has no call for it that does not fill the log where that is so. */
const toldCatch = (node: Node, words: string, msg: LeadMessage): boolean | undefined =>
	(
		node as unknown as {
			readonly _flow?: { readonly handleError?: (node: Node, words: string, msg: LeadMessage) => boolean };
		}
	)._flow?.handleError?.(node, words, msg);
type Send = (outputs: (LeadMessage | null)[]) => void;

const unevaluated = (field: string): Outcome =>
	outcomeOf(
		{ outcome: 'invalid', cause: { kind: 'ownCheck' } },
		{ issues: [issueAt(field, { kind: 'notEvaluated' })] },
	);

/** Messages in, leads to the account, outcomes out: each lead leaves once, on an output or through Catch. */
export default (RED: NodeAPI): void => {
	function CreateLead(this: Node, config: CreateLeadConfig): void {
		RED.nodes.createNode(this, config);
		const { input, routing, fields, policy } = createLeadSettings(config);
		const account = (): AccountNode | null => RED.nodes.getNode(asText(config.account)) as AccountNode | null;

		const translate: Translate = (key, values) => RED._(key, values as Record<string, string>);
		const line = createStatusLine(this, translate, () => ({
			heldMs: account()?.heldMs() ?? 0,
			outbox: account()?.outbox?.state(),
		}));
		const onWaiting = (): void => line.refresh();
		account()?.on(waitingEvent as never, onWaiting as never);

		const record = recordOf(policy.duplicates, RED.settings.userDir, (isAway) => {
			line.refresh({ recordFault: isAway });
			if (isAway)
				this.warn(
					'The record of created leads cannot be used, so leads are sent without looking for duplicates, each with a warning. Check that the folder icloud-ready in the user folder can be written, that the disk has room and that no other Node-RED uses it. It is tried again by itself.',
				);
			else this.log('The record of created leads can be used again.');
		});

		const underWay = createDrain();
		const lists = createSemaphore(mostHeld);
		const failures = createFailureLog((text) => this.error(text));
		let closed = false;
		const measure = (outcome: Outcome, msg: LeadMessage, begunAtMs: number): void => {
			// Without a name it says whether anybody collects metrics, which hardly anybody does.
			if (this.metric()) this.metric(`lead.${outcome.outcome}`, msg, monotonicMs() - begunAtMs);
		};
		this.on('close', (done: () => void) => {
			closed = true;
			line.stop();
			forgetPayload(this.id);
			account()?.outbox?.detach(this.id);
			account()?.removeListener(waitingEvent, onWaiting);
			void underWay
				.drained(closingMs + 1000)
				.then(async () => {
					failures.stop();
					await record?.release();
				})
				.then(
					() => done(),
					() => done(),
				);
		});

		const isWired = (index: number): boolean =>
			((this as unknown as { readonly wires?: readonly (readonly string[])[] }).wires?.[index] ?? []).some(
				(id) => RED.nodes.getNode(id) != null,
			);

		const deliver = async (draft: LeadOrOutcome, msg: LeadMessage, origin: () => Origin): Promise<Outcome | 'kept'> => {
			if (draft.kind === 'outcome') return draft.outcome;
			const chosen = account();
			if (chosen === null || chosen === undefined)
				return outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing: 'account' } });
			const organizationId = asText(msg.organizationId);
			return await chosen.deliver(
				{
					draft: draft.draft,
					policy: { ...policy, language: languageOf(msg.language) },
					reading: draft.reading,
					once: record?.once,
					...(organizationId === '' ? {} : { organizationId }),
				},
				origin,
			);
		};

		/** Puts the outcome into the message and sends it where it belongs. Gives the words where Catch must be told. */
		const pass = (
			outcome: Outcome,
			msg: LeadMessage,
			send: Send,
			more: Readonly<Record<string, unknown>> = {},
		): string | undefined => {
			const told = inLanguage(outcome, msg.language);
			msg.icloudReady = { ...outcomeObject(told), ...more };
			if (outcome.outcome === 'created') msg.payload = outcome.answer;
			const route = routeOf(outcome, routing, isWired);
			const words = [told.message, told.hint].filter((text) => text !== '').join(' ');
			if (closed && isFailure(outcome)) {
				// The nodes behind the outputs, and Catch, may have stopped before this one: the log is what is left.
				failures.add(words);
				return undefined;
			}
			if (route.to === 'catch') return words;
			send([...Array<null>(route.index).fill(null), msg]);
			return undefined;
		};

		const tellCatch = (words: string, msg: LeadMessage): void => {
			const told = toldCatch(this, words, msg);
			if (told === undefined) this.error(words, msg);
			else if (!told) failures.add(words);
		};

		const readDrafts = async (msg: LeadMessage): Promise<readonly Draft[]> => {
			try {
				const values = input === 'lead' ? [] : await evaluateFields(RED, this, fields, msg);
				return await allOf(
					draftsIn(input, msg.payload, values, { ...policy, language: languageOf(msg.language) }),
					listSlices,
				);
			} catch (error) {
				if (error instanceof FieldFault) return [{ kind: 'outcome', outcome: unevaluated(error.field) }];
				throw error;
			}
		};

		/** One lead to its outcome, which leaves in `msg`. Gives the words where Catch must be told. */
		const settle = async (
			draft: LeadOrOutcome,
			msg: LeadMessage,
			send: Send,
			ends: LeadEnd[],
			keep: () => Origin,
			fill: (outcome: Outcome) => void = () => undefined,
		): Promise<string | undefined> => {
			line.began();
			const begunAtMs = monotonicMs();
			const outcome = await deliver(draft, msg, keep);
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
		const origin = ({ message, leftOut }: KeptMessage): Origin => ({
			nodeId: this.id,
			message,
			isTyped: true,
			...(leftOut.length === 0 ? {} : { leftOut }),
		});

		/** Several leads of one message: each leaves in a message of its own with its part of the list, and Catch is told of each failure by itself. */
		const settleEach = async (
			drafts: (LeadOrOutcome | undefined)[],
			{ payload: _, ...rest }: LeadMessage,
			send: Send,
			ends: LeadEnd[],
		): Promise<void> => {
			const count = drafts.length;
			const outer = rest.parts === undefined ? {} : { parts: rest.parts };
			const ownMessage = messagesLike(rest as LeadMessage, RED.util.cloneMessage);
			const beside = account()?.outbox === undefined ? undefined : keptMessage(rest, true);
			const end = async (draft: LeadOrOutcome, index: number): Promise<void> => {
				const { part } = draft;
				const parts = { id: rest._msgid, type: 'array', index, count, len: 1, ...outer };
				const msg: LeadMessage = { ...ownMessage(), parts };
				const keep = (): Origin => {
					const own = keptMessage({ ...(part === undefined ? {} : { payload: part }), parts });
					return origin({
						message: { ...beside?.message, ...own.message },
						leftOut: [...(beside?.leftOut ?? []), ...own.leftOut],
					});
				};
				// Of the list each lead takes its own part along: all of it for each of a thousand would be a million entries.
				const fill = ({ outcome }: Outcome): void => {
					if (outcome !== 'created' && part !== undefined)
						msg.payload = RED.util.cloneMessage({ payload: part } as LeadMessage).payload;
				};
				const words = await settle(draft, msg, send, ends, keep, fill).catch(() => unknownEnd);
				if (words !== undefined) tellCatch(words, withoutResponse(msg));
			};
			let next = 0;
			const lane = async (): Promise<void> => {
				while (next < count) {
					const index = next++;
					const draft = drafts[index];
					// What is done with is not held until the last one is.
					drafts[index] = undefined;
					await listSlices.turn();
					if (draft !== undefined) await end(draft, index);
				}
			};
			await Promise.all(Array.from({ length: Math.min(count, account()?.mostOfAList ?? 1) }, lane));
		};

		const handle = async (msg: LeadMessage, send: Send, ends: LeadEnd[]): Promise<string | undefined> => {
			const leads = (await readDrafts(msg)).filter((draft) => draft.kind !== 'notALead');
			const [first] = leads;
			if (first === undefined) {
				line.show({ fill: 'grey', shape: 'ring', text: translate('status.notALead') });
				return undefined;
			}
			if (leads.length === 1) return await settle(first, msg, send, ends, () => origin(keptMessage(msg)));
			await settleEach(leads, msg, send, ends);
			return undefined;
		};
		/** A list waits until those before it leave room for it. */
		const handleInTurn = async (msg: LeadMessage, send: Send, ends: LeadEnd[]): Promise<string | undefined> => {
			const most = input === 'fields' ? 1 : mostLeadsIn(msg.payload);
			return most === 1
				? await handle(msg, send, ends)
				: await lists.pass(async () => await handle(msg, send, ends), most);
		};

		account()?.outbox?.attach(this.id, {
			once: record?.once,
			tell: ({ payload: { origin: from }, arrivedAtMs }, outcome, restored) => {
				const { message, leftOut } = restoredMessage(from);
				const msg = message as unknown as LeadMessage;
				line.keptEnded(outcome);
				measure(outcome, msg, arrivedAtMs);
				const words = pass(outcome, msg, (outputs) => this.send(outputs), {
					...(restored ? { restored } : {}),
					...(leftOut.length === 0 ? {} : { notKept: leftOut }),
				});
				if (words !== undefined) tellCatch(words, msg);
			},
		});
		if (account() === null || account() === undefined)
			line.show({ fill: 'red', shape: 'ring', text: translate('status.notConfigured') });
		const flaw = flawKey(account()?.unusable);
		if (flaw !== undefined) line.show({ fill: 'red', shape: 'ring', text: translate(`status.${flaw}`) });
		this.on('input', (msg, send, done) => {
			rememberPayload(this.id, msg.payload);
			const ends: LeadEnd[] = [];
			underWay.track(handleInTurn(msg as LeadMessage, send as Send, ends)).then(
				// A text, not an Error: Catch would show the stack, which names files of the server.
				(words) =>
					withReplyStatus(msg, replyStatus(ends, policy.duplicates), () =>
						words === undefined ? done() : done(words as never),
					),
				() => withReplyStatus(msg, 500, () => done(unknownEnd as never)),
			);
		});
	}

	registerPreview(RED);
	RED.nodes.registerType(createLeadType, CreateLead);
};
