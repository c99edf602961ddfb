import type { CallRefusal } from '../outcome/callRefusal';
import { readBody } from './body/readBody';
import type { Call, ReceivingHost, ReceivingSecrets } from './call';
import { idOfBody } from './madeOfBody';
import type { Platform, PlatformName } from './platform';
import { headerText } from './signature';

/** What a call is known by: a repeat has the same. */
export interface Submission {
	readonly platform: PlatformName;
	/** The platform's own, else made of the raw body; the same in each repeat. */
	readonly id: string;
	/** Whether the platform gave it: two people may well send the same body, on different days. */
	readonly isOwnId: boolean;
}

/** What is to be done with a call. */
export type Reception =
	| { readonly kind: 'answer'; readonly contentType: string; readonly body: string }
	| { readonly kind: 'refused'; readonly refusal: CallRefusal }
	| {
			readonly kind: 'submission';
			readonly submission: Submission;
			readonly payload: unknown;
			/** It was sent as a browser sends forms. */
			readonly isForm: boolean;
	  };

/** Ids go into keys and messages; one that is longer is no id. */
const longestId = 500;

const refused = (refusal: CallRefusal): Reception => ({ kind: 'refused', refusal });

/**
 * A call of a platform: its question answered, or what it sends, read once it has proved itself. Nothing of the body is
 * parsed before, but for a key that stands in it. Never throws, and never rejects unless the host breaks its word.
 */
export const receive = (call: Call, platform: Platform, secrets: ReceivingSecrets, host: ReceivingHost): Reception => {
	if (call.method === 'GET') {
		const answer = platform.challenge?.(call, secrets, host);
		if (answer === undefined) return refused('method');
		return answer.kind === 'refused' ? refused(answer.refusal) : answer;
	}
	if (call.method !== 'POST') return refused('method');
	const proof = platform.prove(call, secrets, host);
	if (proof !== 'genuine') return refused(proof);
	const read = readBody(headerText(call, 'content-type'), call.body, host);
	if (read.kind === 'refused') return refused(read.refusal);
	const own = platform.submissionId(read.data, call);
	const isOwnId = own !== undefined && own.length <= longestId;
	return {
		kind: 'submission',
		submission: {
			platform: platform.name,
			id: isOwnId ? own : idOfBody(host.digest(call.body)),
			isOwnId,
		},
		payload: platform.withoutSecret?.(read.data) ?? read.data,
		isForm: read.isForm,
	};
};
