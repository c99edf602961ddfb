import { byId, make } from '@icloud-ready/web/client';
import type { Played } from '../../senders/playCall';

type Answer = Played | { readonly kind: 'refused' };

/** The form "Send as…": the sandbox plays the call, since a page may not set what a platform sets. */
export const startSendAs = ({ onSend }: { readonly onSend: () => void }): void => {
	const form = document.getElementById('send-as-form') as HTMLFormElement | null;
	// Where others reach the sandbox there is none.
	if (form === null) return;
	const place = byId('send-as-answer');
	const say = (answer: Answer): void => {
		const words = form.dataset[answer.kind] ?? '';
		if (answer.kind !== 'answered') return place.replaceChildren(words);
		place.replaceChildren(
			words.replace('{status}', String(answer.status)),
			' ',
			make('code', { dir: 'ltr' }, answer.text.slice(0, 300)),
		);
	};
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		onSend();
		place.replaceChildren();
		const body = JSON.stringify(Object.fromEntries(new FormData(form)));
		void fetch('/send-as', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
			.then(async (response) => (await response.json()) as Answer)
			.then(say, () => say({ kind: 'unreached' }));
	});
};
