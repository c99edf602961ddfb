import { type CallRefusal, refusalStatus } from '../outcome/callRefusal';
import type { Language } from '../text/language';
import type { Explanation } from '../words/types';
import { refusalText } from '../words/refusalText';

/** What a refused call is answered; the body is an object of JSON. */
export interface RefusedCall {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: { readonly received: false } & Explanation;
}

/** In seconds. A platform that repeats comes back anyway; who reads this comes soon. */
const retryAfterSeconds = '30';

/** Why a call is not answered by 200, in plain words; a repeat is asked for where it can end well. */
export const refusedCall = (refusal: CallRefusal, language: Language = 'en'): RefusedCall => {
	const status = refusalStatus[refusal];
	return {
		status,
		headers: {
			'content-type': 'application/json; charset=utf-8',
			...(status === 405 ? { allow: 'POST' } : {}),
			...(status === 503 ? { 'retry-after': retryAfterSeconds } : {}),
		},
		body: { received: false, ...refusalText(refusal, language) },
	};
};
