import { followedOf } from '../calls/followMessages';
import type { EndedLead } from '../calls/pendingCall';
import { createDrain } from '../account/drain';
import { createSemaphore, type Semaphore } from '../account/semaphore';
import { flawKey, type Translate } from '../account/status';
import { type AccountNode, closingMs, waitingEvent } from '../account/types';
import { type CreateLeadConfig, readCreateLeadSettings } from '../config/createLeadSettings';
import { asText } from '../config/values';
import { createLastingRecord, recordOf } from '../dedupe/dedupeStores';
import { mostLeadsIn } from '../message/readMessage';
import { keptMessage, restoredMessage } from '../message/storableMessage';
import { forgetPayload, rememberPayload } from '../preview/lastPayload';
import { registerPreview } from '../preview/routes';
import { createFailureLog } from './failureLog';
import type { Arrival, LeadMessage, LeadNode, Send } from './leadNode';
import { measure, passOutcome, tellCatch, unknownEnd } from './passOutcome';
import { replyStatus, withReplyStatus } from '../config/replyStatus';
import { originOf, readDrafts, settleLead } from './settleLead';
import { settleList } from './settleList';
import { createStatusLine } from './statusLine';
import { settingText } from '@icloud-ready/core';
import type { Node, NodeAPI } from 'node-red';

const createLeadType = 'icloud-ready-create-lead';

/** So many leads of lists are held at once, read and not yet ended; further lists wait, and hold no more than came in. */
const mostHeld = 20_000;

/** All leads of one message. Gives the words where Catch must be told of the message itself. */
const handle = async (leadNode: LeadNode, arrival: Arrival, translate: Translate): Promise<string | undefined> => {
	const leads = (await readDrafts(leadNode, arrival.msg)).filter((draft) => draft.kind !== 'notALead');
	const [first] = leads;
	if (first === undefined) {
		leadNode.line.show({ fill: 'grey', shape: 'ring', text: translate('status.notALead') });
		return undefined;
	}
	if (leads.length === 1)
		return await settleLead(leadNode, first, arrival, () => originOf(leadNode, keptMessage(arrival.msg)));
	await settleList(leadNode, leads, arrival);
	return undefined;
};

/** A list waits until those before it leave room for it. */
const handleInTurn = async (
	leadNode: LeadNode,
	arrival: Arrival,
	lists: Semaphore,
	translate: Translate,
): Promise<string | undefined> => {
	const most = leadNode.settings.input === 'fields' ? 1 : mostLeadsIn(arrival.msg.payload);
	return most === 1
		? await handle(leadNode, arrival, translate)
		: await lists.pass(async () => await handle(leadNode, arrival, translate), most);
};

/** Leads that the account's outbox keeps for this node leave on it when they have ended. */
const listenToOutbox = (leadNode: LeadNode): void => {
	const { node, account, record, line } = leadNode;
	account()?.outbox?.attach(node.id, {
		once: record?.once,
		tell: ({ payload: { origin }, arrivedAtMs }, outcome, restored) => {
			const { message, leftOut } = restoredMessage(origin);
			const msg = message as unknown as LeadMessage;
			line.keptEnded(outcome);
			measure(leadNode, outcome, msg, arrivedAtMs);
			const send: Send = (outputs) => node.send(outputs);
			const words = passOutcome(
				leadNode,
				outcome,
				{ msg, send },
				{
					...(restored ? { restored } : {}),
					...(leftOut.length === 0 ? {} : { notKept: leftOut }),
				},
			);
			if (words !== undefined) tellCatch(leadNode, words, msg);
		},
	});
};

/** What keeps the node from sending, below it from the start. */
const showFlaw = ({ account, line }: LeadNode, translate: Translate): void => {
	const chosen = account();
	if (chosen === null || chosen === undefined)
		line.show({ fill: 'red', shape: 'ring', text: translate('status.notConfigured') });
	const flaw = flawKey(chosen?.unusable);
	if (flaw !== undefined) line.show({ fill: 'red', shape: 'ring', text: translate(`status.${flaw}`) });
};

/** Messages in, leads to the account, outcomes out: each lead leaves once, on an output or through Catch. */
export default (RED: NodeAPI): void => {
	function CreateLead(this: Node, config: CreateLeadConfig): void {
		RED.nodes.createNode(this, config);
		const { settings, flaws } = readCreateLeadSettings(config);
		for (const each of flaws) this.warn(settingText(each));
		const { duplicates } = settings.policy;
		const account = (): AccountNode | null => RED.nodes.getNode(asText(config.account)) as AccountNode | null;
		const translate: Translate = (key, values) => RED._(key, values as Record<string, string>);
		const line = createStatusLine(this, translate, () => ({
			heldMs: account()?.heldMs() ?? 0,
			outbox: account()?.outbox?.state(),
		}));
		const onWaiting = (): void => line.refresh();
		account()?.on(waitingEvent as never, onWaiting as never);

		const onRecord = (isAway: boolean, warning?: string): void => {
			if (warning !== undefined) return this.warn(warning);
			line.refresh({ recordFault: isAway });
			if (isAway)
				this.warn(
					'The record of created leads cannot be used, so leads are sent without a check for duplicates, each with a warning. Check that the folder icloud-ready in the user folder can be written to, that the disk has free space and that no other Node-RED uses it. It is tried again automatically.',
				);
			else this.log('The record of created leads can be used again.');
		};
		const record = recordOf(duplicates, RED.settings.userDir, onRecord);
		const callRecord = createLastingRecord(asText(RED.settings.userDir) || '.', onRecord);
		const followed = followedOf(RED);

		const underWay = createDrain();
		const lists = createSemaphore(mostHeld);
		const failures = createFailureLog((text) => this.error(text));
		let closed = false;
		const leadNode: LeadNode = {
			RED,
			node: this,
			settings,
			account,
			record,
			callRecord,
			line,
			failures,
			isClosed: () => closed,
		};

		this.on('close', (done: () => void) => {
			closed = true;
			line.stop();
			forgetPayload(this.id);
			account()?.outbox?.detach(this.id);
			account()?.removeListener(waitingEvent, onWaiting);
			const release = async (): Promise<void> => {
				await underWay.drained(closingMs + 1000);
				failures.stop();
				await record?.release();
				await callRecord.release();
			};
			void release().then(
				() => done(),
				() => done(),
			);
		});

		listenToOutbox(leadNode);
		showFlaw(leadNode, translate);
		this.on('input', (msg, send, done) => {
			rememberPayload(this.id, msg.payload);
			const ends: EndedLead[] = [];
			const { calls, leadKey } = followed.take(msg, this.id);
			const arrival: Arrival = { msg, send: send as Send, ends, leadKey };
			// A repeat of a call is no second lead here, whatever is chosen.
			const skips = leadKey === undefined ? duplicates : 'always';
			const statusOf = (): 200 | 503 =>
				replyStatus(
					ends.map(({ end }) => end),
					skips,
				);
			const tell = (status: number, end: () => void): void => {
				// Before it is done, or the call would seem to have left without an end.
				for (const call of calls) call.took(ends);
				withReplyStatus(msg, status, end);
			};
			underWay.track(handleInTurn(leadNode, arrival, lists, translate)).then(
				// A text, not an Error: Catch would show the stack, which names files of the server.
				(words) => tell(statusOf(), () => (words === undefined ? done() : done(words as never))),
				() => {
					ends.push({ end: 'unconfirmed' });
					tell(500, () => done(unknownEnd as never));
				},
			);
		});
	}

	registerPreview(RED);
	RED.nodes.registerType(createLeadType, CreateLead);
};
