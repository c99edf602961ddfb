import type { OutboxRow } from '../../runtime/outbox/leadRows';
import { text } from './text';
import type { PanelWords } from './words';
import type { ShownAttempt } from '@icloud-ready/outbox/view/attempts';
import type { LeadFilter } from '@icloud-ready/outbox/view/filter';

export const timeText = (ms: number, { own }: PanelWords): JQuery => {
	const when = new Date(ms);
	return text('time', 'time', when.toLocaleString(own('language'), { dateStyle: 'short', timeStyle: 'short' }))
		.attr('datetime', when.toISOString())
		.attr('title', when.toLocaleString(own('language'), { dateStyle: 'full', timeStyle: 'long' }));
};

const fact = (label: string, value: JQuery): JQuery =>
	$('<div>', { class: 'icr-outbox-field' }).append(text('span', 'label', label), value.addClass('icr-outbox-value'));

/** What else is known of a lead; what others may have too narrows the list to those. */
export const leadFacts = (lead: OutboxRow, words: PanelWords, narrow: (filter: LeadFilter) => void): JQuery => {
	const { fact: names, filter: filters, reason } = words.list;
	const { acted, kind, why, source, organization, sinceMs, state } = lead;
	const link = (label: string, content: string, filter: LeadFilter): JQuery =>
		fact(
			label,
			$('<button>', { type: 'button', class: 'icr-outbox-link', dir: 'auto' })
				.text(content)
				.on('click', () => narrow(filter)),
		);
	const end = acted.isCorrected === true ? 'corrected' : (acted.resolved ?? acted.outcome);
	return $('<div>', { class: 'icr-outbox-fields' }).append(
		...(kind === 'waiting' || end === null
			? []
			: [link(filters.outcome, state, { outcome: end as NonNullable<LeadFilter['outcome']> })]),
		...(why === undefined ? [] : [link(filters.why, reason[why], { why })]),
		...(sinceMs === undefined ? [] : [fact(names.since, timeText(sinceMs, words))]),
		...(organization === undefined ? [] : [link(names.organization, organization, { organization })]),
		...(source === undefined ? [] : [link(names.source, source, { source })]),
	);
};

const attempt = ({ atMs, firstAtMs, times, kind, label, status, message, answer }: ShownAttempt, words: PanelWords) => {
	const { own, list } = words;
	const [from, at] = [firstAtMs, atMs].map((ms) => (ms === undefined ? undefined : timeText(ms, words)));
	return $('<li>').append(
		text('span', 'state', status === null ? label : `${label} · ${status}`).attr('data-outcome', kind),
		' ',
		...(from === undefined ? [] : [from, ' – ']),
		...(at === undefined ? [] : [at]),
		...(times === undefined ? [] : [` · ${list.times(times.toLocaleString(own('language')))}`]),
		text('div', 'note', message, 'auto'),
		...(answer === undefined || answer === ''
			? []
			: [
					$('<details>').append(
						$('<summary>').text(list.fact.answer),
						$('<pre>', { class: 'icr-outbox-answer', dir: 'auto', tabindex: '0' }).text(answer),
					),
				]),
	);
};

/** What was tried, the newest first; nothing where nothing was. */
export const leadAttempts = ({ attempts }: OutboxRow, words: PanelWords): readonly JQuery[] =>
	attempts.length === 0
		? []
		: [
				text('div', 'label', words.list.fact.attempts),
				$('<ol>', { class: 'icr-outbox-attempts' }).append(...attempts.map((each) => attempt(each, words))),
			];
