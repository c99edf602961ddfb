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

/** What else is known of a lead: its fields, where it goes, and what was tried. */
export const leadParts = (
	{ lead, fields, attempts, sinceMs, correctionOf, correctedBy }: ShownLead,
	{ narrow, open }: Handlers,
): readonly HTMLElement[] => {
	const { fact: words } = listWords;
	const { organization, source } = lead;
	const facts = [
		...(sinceMs === undefined ? [] : [fact(words.since, timeOf(sinceMs))]),
		...(organization === undefined
			? []
			: [
					fact(
						words.organization,
						link(organization.label, () => narrow({ organization: organization.value })),
					),
				]),
		...(source === undefined
			? []
			: [
					fact(
						words.source,
						link(source, () => narrow({ source })),
					),
				]),
		...(correctionOf === undefined
			? []
			: [
					fact(
						words.correctionOf,
						link(correctionOf.publicId, () => open(correctionOf.id)),
					),
				]),
		...(correctedBy === undefined
			? []
			: [
					fact(
						words.correctedBy,
						link(correctedBy.publicId, () => open(correctedBy.id)),
					),
				]),
	];
	return [
		make('section', { class: 'lead' }, make('dl', {}, ...facts)),
		...(fields.length === 0
			? []
			: [
					make(
						'section',
						{ class: 'lead' },
						make('h3', {}, words.fields),
						make(
							'dl',
							{},
							...fields.map(({ name, label, value }) =>
								fact(label, make('bdi', { dir: leftToRight.has(name) ? 'ltr' : 'auto' }, value)),
							),
						),
					),
				]),
		...(attempts.length === 0
			? []
			: [
					make(
						'section',
						{ class: 'lead attempts' },
						make('h3', {}, words.attempts),
						make('ol', {}, ...attempts.map(attempt)),
					),
				]),
	];
};
