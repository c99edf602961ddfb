import type { OwnFields } from '../../runtime/preview/ownFields';
import type { PreviewRow } from '../../runtime/preview/preview';
import { type AskingPreview, createAskingPreview, type ReadingValues } from './previewRequests';
import type { FieldRows } from './fieldRows';
import { isRead, withOwn } from './ownRows';
import { showPreview, showSentence } from './previewView';
import { isFilled } from './storedFields';
import type { Translate } from './words';
import { createLastAsked } from '@icloud-ready/outbox/view/asked';
import { createTypingPause } from '@icloud-ready/web/client';

const pauseAfterTypingMs = 400;

/** What the parts of the tab act on. */
interface Tab {
	readonly words: Translate;
	readonly rows: FieldRows;
	readonly asking: AskingPreview;
	/** What was asked before another payload was pasted is out of date. */
	readonly lastAsked: ReturnType<typeof createLastAsked>;
	readonly text: JQuery;
	readonly place: JQuery;
	readonly make: JQuery;
	readonly made: JQuery;
	/** What of the form is shown, and can be placed. */
	readonly shown: { rows: readonly PreviewRow[] };
}

/** The dialog's values that decide how a payload is read. */
const presentSettings = (rows: FieldRows): ReadingValues => ({
	input: String($('#node-input-input').val() ?? ''),
	defaultCountry: String($('#node-input-defaultCountry').val() ?? ''),
	phone: String($('#node-input-phone').val() ?? ''),
	fields: rows.read().filter(isFilled),
});

const pastedIn = ({ text }: Tab): string => String(text.val() ?? '').trim();

const offer = ({ make, shown }: Tab, found: readonly PreviewRow[]): void => {
	shown.rows = found;
	make.prop('hidden', !isRead(found));
};

const fail = (tab: Tab, message: string): void => {
	offer(tab, []);
	showSentence(tab.place, message, 'issue');
};

const refresh = async (tab: Tab): Promise<void> => {
	const { made, place, asking, rows, words, lastAsked } = tab;
	const pasted = pastedIn(tab);
	made.empty();
	if (pasted === '') {
		offer(tab, []);
		showSentence(place, '');
	}
	const got = await lastAsked(
		pasted === '' ? Promise.resolve({ kind: 'same' } as const) : asking.preview(pasted, presentSettings(rows)),
	);
	if (got?.kind === 'problem') fail(tab, got.message);
	if (got?.kind !== 'answer') return;
	showPreview(place, got.answer, words);
	offer(tab, got.answer.leads[0]?.rows ?? []);
};

/** What was placed, and what was not and why; the form itself is read as before. */
const sentences = ({ fields, left }: OwnFields, shown: readonly PreviewRow[], words: Translate): string => {
	const labels = (paths: readonly string[]): string =>
		shown
			.filter(({ path }) => paths.includes(path))
			.map(({ name }) => words(`field.${name}.label`))
			.join(words('comma'));
	if (fields.length === 0) return words('preview.notMade');
	return [
		words('preview.made', { labels: labels(fields.map(({ field }) => field)) }),
		...(left.length === 0 ? [] : [words('preview.left', { labels: labels(left) })]),
	].join(' ');
};

const makeOwn = async (tab: Tab): Promise<void> => {
	const { asking, rows, words, made, shown, lastAsked } = tab;
	const got = await lastAsked(asking.ownFields(pastedIn(tab), presentSettings(rows)));
	if (got?.kind === 'problem') fail(tab, got.message);
	if (got?.kind !== 'answer') return;
	const said = sentences(got.answer, shown.rows, words);
	rows.fill(withOwn(rows.read(), got.answer.fields));
	void refresh(tab);
	made.text(said);
};

const useLast = async (tab: Tab): Promise<void> => {
	const { asking, place, text, words } = tab;
	const got = await asking.last();
	if (got.kind === 'problem') return fail(tab, got.message);
	if (got.kind !== 'answer' || got.answer.text === undefined) return showSentence(place, words('preview.noLast'));
	text.val(got.answer.text);
	await refresh(tab);
};

/** Prepares the tab; `refresh` reads the pasted payload anew with the dialog's present values. */
export const preparePreview = (id: string, rows: FieldRows, words: Translate): { readonly refresh: () => void } => {
	const tab: Tab = {
		words,
		rows,
		asking: createAskingPreview(id, words),
		lastAsked: createLastAsked(),
		text: $('#icr-preview-text'),
		place: $('#icr-preview'),
		make: $('#icr-preview-make'),
		made: $('#icr-preview-made'),
		shown: { rows: [] },
	};
	tab.text.on('input', createTypingPause(() => void refresh(tab), pauseAfterTypingMs).typed);
	$('#icr-preview-last').on('click', () => void useLast(tab));
	tab.make.on('click', () => void makeOwn(tab));
	return { refresh: () => void refresh(tab) };
};
