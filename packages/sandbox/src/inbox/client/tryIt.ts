import { byId } from '@icloud-ready/web/client';
import { words } from './words';

const copiedMs = 1500;

const copy = async (button: HTMLButtonElement, say: (text: string) => void): Promise<void> => {
	const text = button.dataset['copy'] ?? '';
	const copied = await navigator.clipboard?.writeText(text).then(
		() => true,
		() => false,
	);
	if (!copied) {
		// Without the clipboard (a page over plain HTTP from another machine) the text is marked, ready for Ctrl+C.
		const code = button.querySelector('code');
		if (code) getSelection()?.selectAllChildren(code);
		return;
	}
	button.classList.add('copied');
	say(words.copied);
	setTimeout(() => button.classList.remove('copied'), copiedMs);
};

/** Sends one of the samples in turn, with an email address where a scenario is asked for. The list shows what comes of it. */
const createSender = (): ((email?: string) => void) => {
	const samples = JSON.parse(byId('samples').textContent ?? '[]') as { leadInformation: Record<string, unknown> }[];
	let turn = 0;
	return (email) => {
		const sample = samples[email === undefined ? turn++ % samples.length : 0];
		const body = { ...sample, leadInformation: { ...sample?.leadInformation, ...(email !== undefined && { email }) } };
		const headers = { 'content-type': 'application/json', 'x-api-key': 'sandbox-key', organizationId: 'sandbox' };
		// A scenario that cuts the connection rejects here; that is what it is for.
		void fetch('/api/v2/leads', { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual' }).catch(
			() => undefined,
		);
	};
};

const openKey = 'try-it';

/** Copy and send buttons, anywhere on the page. `onSend` is told before a test lead leaves. */
export const startTryIt = ({
	onSend,
	say,
}: {
	readonly onSend: () => void;
	readonly say: (text: string) => void;
}): { readonly fold: () => void } => {
	const send = createSender();
	byId('send').addEventListener('click', () => {
		onSend();
		send();
	});
	document.addEventListener('click', (event) => {
		const button = (event.target as HTMLElement).closest<HTMLButtonElement>('button[data-copy], button[data-send]');
		if (!button) return;
		if (button.dataset['send'] === undefined) return void copy(button, say);
		onSend();
		send(button.dataset['send']);
	});

	const panel = byId<HTMLDetailsElement>('try');
	const before = localStorage.getItem(openKey);
	panel.open = before === null ? matchMedia('(min-width: 860px) and (min-height: 700px)').matches : before === 'open';
	// Only what a person does is kept; it folds by itself when there is a call to see.
	panel
		.querySelector('summary')
		?.addEventListener('click', () => localStorage.setItem(openKey, panel.open ? 'closed' : 'open'));
	return {
		fold: () => {
			if (localStorage.getItem(openKey) === null) panel.open = false;
		},
	};
};
