import { callProperty, tokenOf } from '../calls/callToken';
import { createPendingCall, type EndedLead } from '../calls/pendingCall';
import type { CallEnd } from '../calls/callState';
import { flowRequest } from './flowRequest';
import { flowResponse } from './flowResponse';
import type { FormNode } from './formNode';
import type { FormRequest, FormResponse } from './httpTypes';
import type { Language, Submission } from '@icloud-ready/core';
import type { NodeMessage } from 'node-red';

export interface Emission {
	readonly request: FormRequest;
	readonly response: FormResponse;
	readonly submission: Submission;
	readonly payload: unknown;
	readonly language: Language;
	/** What names the call and its leads in the record. */
	readonly key: string;
}

/** How a call ended: as the flow's leads did, or by an http response node that answered it itself. */
export type Ended =
	| { readonly kind: 'flow'; readonly status: number }
	| { readonly kind: 'leads'; readonly end: CallEnd; readonly leads: readonly EndedLead[] };

/** Nodes that are never done with a message hold a call no longer in memory than this. */
const longestFollowedMs = 600_000;

const messageOf = ({ request, submission, payload, language }: Emission, token: string, res: unknown): NodeMessage =>
	({
		payload,
		submission: { platform: submission.platform, id: submission.id },
		...(language === 'ar' ? { language } : {}),
		req: flowRequest(request),
		...(res === undefined ? {} : { res }),
		[callProperty]: token,
	}) as NodeMessage;

/** Sends a submission into the flow where nobody waits for what becomes of it. */
export const emitAnswered = ({ node }: FormNode, emission: Emission): void => {
	node.send(messageOf(emission, tokenOf(emission.key), undefined));
};

/** Sends a submission into the flow; resolves when its answer is known, and in time. Never rejects. */
export const emitSubmission = async (form: FormNode, emission: Emission): Promise<Ended> =>
	await new Promise((resolve) => {
		const { node, settings, followed, stopping } = form;
		let isEnded = false;
		/** False where somebody else was first. */
		const end = (how: () => Ended): boolean => {
			if (isEnded) return false;
			isEnded = true;
			clearTimeout(timer);
			stopping.delete(stop);
			if (call.isUnderWay()) setTimeout(() => followed.end(call), longestFollowedMs).unref();
			else followed.end(call);
			resolve(how());
			return true;
		};
		const leads = (over: CallEnd) => (): Ended => ({ kind: 'leads', end: over, leads: call.leads() });
		const call = createPendingCall({ token: tokenOf(emission.key), ended: (over) => void end(leads(over)) });
		const stop = (): void => void end(leads({ kind: 'refused', refusal: 'busy' }));
		const timer = setTimeout(
			() => void end(leads(call.stop() ?? { kind: 'refused', refusal: 'late' })),
			settings.answerSeconds * 1000,
		);
		stopping.add(stop);
		const claim = (): boolean => {
			// The status is set before the answer ends.
			if (!end(() => ({ kind: 'flow', status: emission.response.statusCode }))) return false;
			call.stop();
			return true;
		};
		if (settings.answer === 'whenSafe') followed.begin(call);
		const isWired = (node.wires ?? []).some((targets) => targets.length > 0);
		if (!isWired) return void end(leads({ kind: 'refused', refusal: 'notTaken' }));
		node.send(messageOf(emission, call.token, flowResponse(emission.response, claim)));
		return undefined;
	});
