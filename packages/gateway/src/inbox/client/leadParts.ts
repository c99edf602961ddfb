import type { ShownAttempt, ShownLead } from '../leadDetail';
import { shownCount, timeOf } from './times';
import { listWords } from './words';
import type { LeadFilter } from '@icloud-ready/outbox/view/filter';
import { make } from '@icloud-ready/web/client';

interface Handlers {
	readonly narrow: (filter: LeadFilter) => void;
	readonly open: (id: string) => void;
}

const leftToRight = new Set(['phone', 'email', 'additionalPhones', 'additionalEmails']);

const fact = (label: string, value: Node | string): HTMLElement =>
	make('div', {}, make('dt', {}, label), make('dd', {}, value));

const link = (text: string, onClick: () => void): HTMLElement => {
	const made = make('button', { type: 'button', class: 'plain' }, make('bdi', {}, text));
	made.addEventListener('click', onClick);
	return made;
};

const attempt = ({ atMs, firstAtMs, times, kind, label, status, message, answer }: ShownAttempt): HTMLElement =>
	make(
		'li',
		{},
		make('span', { class: 'outcome', 'data-kind': kind }, status === null ? label : `${label} · ${status}`),
		' ',
		...(firstAtMs === undefined ? [] : [timeOf(firstAtMs), ' – ']),
		atMs === undefined ? null : timeOf(atMs),
		times === undefined ? null : make('span', { class: 'soft' }, ` · ${listWords.times(shownCount(times))}`),
		make('p', { dir: 'auto' }, message),
		answer === undefined || answer === ''
			? null
			: make(
					'details',
					{},
					make('summary', {}, listWords.fact.answer),
					make('pre', { dir: 'auto', tabindex: '0' }, answer),
				),
	);

/** Nothing where there is nothing to show. */
const section = (heading: string, kind: 'dl' | 'ol', rows: readonly HTMLElement[]): readonly HTMLElement[] =>
	rows.length === 0
		? []
		: [
				make(
					'section',
					{ class: kind === 'ol' ? 'lead attempts' : 'lead' },
					make('h3', {}, heading),
					make(kind, {}, ...rows),
				),
			];

/** A fact that is followed by a click, where it is known. */
const linked = <Value>(
	label: string,
	value: Value | undefined,
	text: (value: Value) => string,
	onClick: (value: Value) => void,
): readonly HTMLElement[] =>
	value === undefined
		? []
		: [
				fact(
					label,
					link(text(value), () => onClick(value)),
				),
			];

/** What else is known of a lead: its fields, where it goes, and what was tried. */
export const leadParts = (
	{ lead, fields, attempts, sinceMs, correctionOf, correctedBy }: ShownLead,
	{ narrow, open }: Handlers,
): readonly HTMLElement[] => {
	const { fact: words } = listWords;
	const { organization, source } = lead;
	const facts = [
		...(sinceMs === undefined ? [] : [fact(words.since, timeOf(sinceMs))]),
		...linked(
			words.organization,
			organization,
			({ label }) => label,
			({ value }) => narrow({ organization: value }),
		),
		...linked(
			words.source,
			source,
			(name) => name,
			(name) => narrow({ source: name }),
		),
		...linked(
			words.correctionOf,
			correctionOf,
			({ publicId }) => publicId,
			({ id }) => open(id),
		),
		...linked(
			words.correctedBy,
			correctedBy,
			({ publicId }) => publicId,
			({ id }) => open(id),
		),
	];
	const named = fields.map(({ name, label, value }) =>
		fact(label, make('bdi', { dir: leftToRight.has(name) ? 'ltr' : 'auto' }, value)),
	);
	return [
		make('section', { class: 'lead' }, make('dl', {}, ...facts)),
		...section(words.fields, 'dl', named),
		...section(words.attempts, 'ol', attempts.map(attempt)),
	];
};
