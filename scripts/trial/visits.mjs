/** What one caller does, as a platform or a person does it: `visit(url, number)` resolves with the answer that it takes for one. */
import { setTimeout as pause } from 'node:timers/promises';

/** A platform's call: the answer is what it is told. */
export const posting =
	({ path = '', body, headers = () => ({}) }) =>
	async (url, number) => {
		const sent = JSON.stringify(body(number));
		const response = await fetch(url + path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', connection: 'close', ...headers(sent) },
			body: sent,
		});
		return { status: response.status, isTaken: response.ok, text: await response.text() };
	};

const longestWaitMs = 120_000;
/** What n8n says of an execution that comes to no last page any more; of one that it has not written down yet it says "null". */
const over = ['success', 'error', 'crashed', 'canceled'];

/** Goes on to the last page as the form's own script does, once n8n says that it is there. */
const lastPage = async (formWaitingUrl) => {
	const status = new URL(formWaitingUrl);
	status.pathname += '/n8n-execution-status';
	for (const giveUpAtMs = Date.now() + longestWaitMs; ; await pause(100)) {
		const state = await (await fetch(status)).text();
		if (state === 'form-waiting') return await (await fetch(formWaitingUrl)).text();
		if (Date.now() > giveUpAtMs || over.includes(state)) return '';
	}
};

/** A person who fills in n8n's own form and believes the page that says thank you, and nothing before it. */
export const fillingIn =
	({ answers, thanks }) =>
	async (url, number) => {
		const form = new FormData();
		for (const [index, answer] of answers(number).entries()) form.set(`field-${index}`, answer);
		const response = await fetch(url, { method: 'POST', body: form, headers: { connection: 'close' } });
		if (!response.ok) return { status: response.status, isTaken: false, text: await response.text() };
		const { formWaitingUrl } = await response.json();
		try {
			const text = await lastPage(formWaitingUrl);
			return { status: response.status, isTaken: text.includes(thanks), text };
		} catch (error) {
			// The port may be closed by now, but the call did begin.
			throw new Error('The form was sent, and its last page did not come.', { cause: { code: 'CUT', error } });
		}
	};
