import { words } from './words';
import { make } from '@icloud-ready/web/client';

const shownMs = 1500;

/** Where the page came without encryption, browsers lend no clipboard, and copy what is selected all the same. */
const copySelected = (text: string): void => {
	const field = make('textarea', { class: 'unseen', tabindex: '-1', 'aria-hidden': 'true' });
	field.value = text;
	document.body.append(field);
	field.select();
	document.execCommand('copy');
	field.remove();
};

/** A button that copies a text; `what` names it for those who do not see what stands beside. */
export const copyButton = (text: string, what: string): HTMLElement => {
	const button = make(
		'button',
		{ type: 'button', class: 'plain copies', 'aria-label': `${words.copy}: ${what}` },
		words.copy,
	);
	button.addEventListener('click', () => {
		const done = (): void => {
			button.textContent = words.copied;
			button.classList.add('copied');
			button.focus();
			setTimeout(() => {
				button.textContent = words.copy;
				button.classList.remove('copied');
			}, shownMs);
		};
		const clipboard = (navigator as { readonly clipboard?: Clipboard }).clipboard;
		if (clipboard === undefined) {
			copySelected(text);
			done();
		} else
			clipboard.writeText(text).then(done, () => {
				copySelected(text);
				done();
			});
	});
	return button;
};
