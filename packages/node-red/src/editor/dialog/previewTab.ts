import type { PreviewRow } from '../../runtime/preview/preview';
import type { FieldRows } from './fieldRows';
import { isOwnFields, isPreview, isRead, withOwn } from './previewAnswer';
import { showPreview, showSentence } from './previewView';
import { isFilled } from './storedFields';
import type { Translate } from './words';

const pauseAfterTypingMs = 400;
const patienceMs = 15_000;

/** The dialog's values that decide how a payload is read. */
const presentSettings = (rows: FieldRows): object => ({
	input: $('#node-input-input').val(),
	defaultCountry: $('#node-input-defaultCountry').val(),
	phone: $('#node-input-phone').val(),
	fields: rows.read().filter(isFilled),
});

/** Prepares the tab; `refresh` reads the pasted payload anew with the dialog's present values. */
export const preparePreview = (id: string, rows: FieldRows, words: Translate): { readonly refresh: () => void } => {
	const [text, place, make, made] = ['#icr-preview-text', '#icr-preview', '#icr-preview-make', '#icr-preview-made'].map(
		(selector) => $(selector),
	) as [JQuery, JQuery, JQuery, JQuery];
	let shown: readonly PreviewRow[] = [];
	let asked = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const offer = (found: readonly PreviewRow[]): void => {
		shown = found;
		make.prop('hidden', !isRead(found));
	};
	const fail = (status: number): void => {
		offer([]);
		showSentence(place, status === 0 ? words('preview.silent') : words('preview.refused', { status }), 'issue');
	};
	const refresh = (): void => {
		const pasted = String(text.val() ?? '').trim();
		const mine = ++asked;
		made.empty();
		if (pasted === '') {
			offer([]);
			showSentence(place, '');
			return;
		}
		// An answer that comes after a later question is out of date.
		const current = (): boolean => mine === asked;
		$.ajax({
			url: 'icloud-ready/create-lead/preview',
			method: 'POST',
			contentType: 'application/json',
			dataType: 'json',
			timeout: patienceMs,
			data: JSON.stringify({ id, text: pasted, settings: presentSettings(rows), language: words('language') }),
		})
			.done((answer: unknown) => {
				if (!current()) return;
				if (!isPreview(answer)) return fail(0);
				showPreview(place, answer, words);
				offer(answer.leads[0]?.rows ?? []);
			})
			.fail(({ status }) => {
				if (current()) fail(status);
			});
	};

	text.on('input', () => {
		clearTimeout(timer);
		timer = setTimeout(refresh, pauseAfterTypingMs);
	});
	$('#icr-preview-last').on('click', () => {
		$.ajax({ url: `icloud-ready/create-lead/${encodeURIComponent(id)}/last`, dataType: 'json', timeout: patienceMs })
			.done((answer: { readonly text?: unknown }) => {
				if (typeof answer.text !== 'string') return showSentence(place, words('preview.noLast'));
				text.val(answer.text);
				refresh();
			})
			.fail(({ status }) => fail(status));
	});
	/** What was placed, and what was not and why; the form itself is read as before. */
	const sentences = (fields: readonly string[], left: readonly string[]): string => {
		const labels = (paths: readonly string[]): string =>
			shown
				.filter(({ path }) => paths.includes(path))
				.map(({ name }) => words(`field.${name}.label`))
				.join(words('comma'));
		if (fields.length === 0) return words('preview.notMade');
		return [
			words('preview.made', { labels: labels(fields) }),
			...(left.length === 0 ? [] : [words('preview.left', { labels: labels(left) })]),
		].join(' ');
	};
	make.on('click', () => {
		const mine = asked;
		$.ajax({
			url: 'icloud-ready/create-lead/own-fields',
			method: 'POST',
			contentType: 'application/json',
			dataType: 'json',
			timeout: patienceMs,
			data: JSON.stringify({
				id,
				text: String(text.val() ?? ''),
				settings: presentSettings(rows),
				language: words('language'),
			}),
		})
			.done((answer: unknown) => {
				// Another payload was pasted meanwhile.
				if (mine !== asked) return;
				if (!isOwnFields(answer)) return fail(0);
				const told = sentences(
					answer.fields.map(({ field }) => field),
					answer.left,
				);
				rows.fill(withOwn(rows.read(), answer.fields));
				refresh();
				made.text(told);
			})
			.fail(({ status }) => {
				if (mine === asked) fail(status);
			});
	});
	return { refresh };
};
