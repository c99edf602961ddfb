import type { TestResult } from '../../runtime/account/testResult';
import { refusal } from './testAnswer';
import type { Translate } from './words';

export interface TestRequest {
	readonly id: string;
	readonly baseUrl: string;
	readonly organizationId: string;
	/** Absent where the stored key is meant. */
	readonly apiKey?: string;
	readonly tls: string;
	readonly proxy: string;
	readonly allowHttp: boolean;
	readonly timeoutSeconds: number;
	/** The answer comes in it. */
	readonly language: string;
	/** Sends the example lead, which is created, instead of an empty one. @default false */
	readonly example?: boolean;
}

/** Asks Node-RED to try the values of the dialog. Always resolves. The relative address makes the editor add its token. */
export const testConnection = (request: TestRequest, words: Translate): Promise<TestResult> =>
	new Promise((resolve) => {
		$.ajax({
			url: 'icloud-ready/account/test',
			method: 'POST',
			contentType: 'application/json',
			data: JSON.stringify(request),
			dataType: 'json',
			timeout: (request.timeoutSeconds + 10) * 1000,
		})
			.done((answer: TestResult) => resolve(answer))
			.fail(({ responseJSON, status }) =>
				// 400 is said by the test itself, anything else by Node-RED or what stands before it.
				resolve(status === 400 && responseJSON !== undefined ? (responseJSON as TestResult) : refusal(status, words)),
			);
	});

const sign = (name: string): JQuery => $('<i>', { class: `fa fa-${name}`, 'aria-hidden': 'true' });

/** Shows an answer, with what can be done next; the words come from outside and are put in as text. */
export const showAnswer = (place: JQuery, { ok, message, hint }: TestResult, next?: JQuery): void => {
	const text = $('<div>').append(
		$('<div>', { class: 'icr-answer-message' }).text(message),
		$('<div>', { class: 'icr-hint' }).text(hint),
	);
	if (next !== undefined) text.append(next);
	place.empty().removeClass('icr-busy').toggleClass('icr-good', ok).toggleClass('icr-bad', !ok);
	place.append(sign(ok ? 'check-circle' : 'exclamation-circle'), text);
};

/** What was said no longer holds: something was changed since. */
export const clearAnswer = (place: JQuery): void => {
	place.empty().removeClass('icr-good icr-bad icr-busy');
};

/** Shows that the answer is on its way. */
export const showBusy = (place: JQuery, text: string): void => {
	place.empty().removeClass('icr-good icr-bad').addClass('icr-busy');
	place.append(sign('circle-o-notch fa-spin'), $('<div>').text(text));
};
