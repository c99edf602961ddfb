import type { Preview, PreviewLead, PreviewRow } from '../../runtime/preview/preview';
import type { Translate } from './words';

/** What is shown comes from a form that anybody can fill in: it is put in as text and never as HTML. */
const line = (text: string, look: string, dir?: string): JQuery =>
	$('<div>', { class: `icr-preview-${look}`, ...(dir === undefined ? {} : { dir }) }).text(text);

const originOf = ({ name, from, was, why }: PreviewRow, words: Translate): string => {
	const reason = why === undefined ? [] : [words('preview.why', { why })];
	// What Custom Field holds says its own names.
	if (name === 'customField') return reason.join('');
	if (from === undefined) return words('preview.own');
	return [
		words('preview.from', { from }),
		...(was === undefined ? [] : [words('preview.was', { was })]),
		...reason,
	].join(words('comma'));
};

const rowView = (row: PreviewRow, words: Translate): JQuery =>
	$('<div>', { class: 'icr-preview-row' }).append(
		line(words(`field.${row.name}.label`), 'label'),
		line(row.value, 'value', 'auto'),
		line(originOf(row, words), 'from', 'auto'),
	);

const leadView = (
	{ rows, issues, warnings, notes }: PreviewLead,
	title: string | undefined,
	words: Translate,
): JQuery =>
	$('<div>', { class: 'icr-preview-lead' }).append(
		...(title === undefined ? [] : [line(title, 'source')]),
		...rows.map((row) => rowView(row, words)),
		...(issues.length === 0
			? [line(words('preview.ready'), 'ready')]
			: [line(`${words('preview.issues')}: ${issues.join(' ')}`, 'issue')]),
		...warnings.map((warning) => line(warning, 'warning')),
		...notes.map((note) => line(note, 'from', 'auto')),
	);

export const showPreview = (place: JQuery, { source, leads, more, problems }: Preview, words: Translate): void => {
	place
		.empty()
		.append(
			...(source === undefined ? [] : [line(source === 'Form' ? words('preview.anyForm') : source, 'source')]),
			...leads.map((lead, index) =>
				leadView(lead, leads.length > 1 ? words('preview.lead', { number: index + 1 }) : undefined, words),
			),
			...(more > 0 ? [line(words('preview.more', { count: more }), 'ready')] : []),
			...problems.map((problem) => line(problem, 'issue')),
		);
};

/** One sentence in place of a preview. */
export const showSentence = (place: JQuery, text: string, look: 'ready' | 'issue' = 'ready'): void => {
	place.empty().append(...(text === '' ? [] : [line(text, look)]));
};
