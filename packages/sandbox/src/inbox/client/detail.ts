import { byId, make, factsLine } from '@icloud-ready/web/client';
import type { Detail } from '../../view';
import { bodyText, bodyView } from './jsonView';
import { fullTime, shownTime, titleOf } from './list';
import { filled, words } from './words';

const copyButton = (text: string): HTMLButtonElement =>
	make('button', { type: 'button', class: 'plain', 'data-copy': text }, words.copy);

const headersView = (headers: Readonly<Record<string, string>>): HTMLElement =>
	make(
		'dl',
		{ class: 'headers' },
		...Object.entries(headers).flatMap(([name, value]) => [
			make('dt', {}, name),
			make('dd', {}, make('bdi', {}, value)),
		]),
	);

const message = (title: string, line: string, headers: Readonly<Record<string, string>>, body: string): HTMLElement => {
	const headerCount = Object.keys(headers).length;
	return make(
		'section',
		{ class: 'message' },
		make(
			'div',
			{ class: 'message-head' },
			make('h3', {}, title),
			make('code', {}, make('bdi', {}, line)),
			body === '' ? null : copyButton(bodyText(body)),
		),
		headerCount === 0
			? null
			: make('details', {}, make('summary', {}, filled(words.headers, 'count', headerCount)), headersView(headers)),
		body === '' ? make('p', { class: 'soft' }, words.noBody) : bodyView(body),
	);
};

const fieldValue = (values: readonly string[]): HTMLElement =>
	values.length > 1
		? make('dd', { class: 'several' }, ...values.map((value) => make('bdi', {}, value)))
		: make('dd', { dir: 'auto' }, values[0] ?? '');

const leadFields = (fields: Detail['fields']): HTMLElement | null => {
	if (fields.length === 0) return null;
	const pairs = fields.map(({ path, label, values }) =>
		make('div', {}, make('dt', { title: path }, label), fieldValue(values)),
	);
	return make('section', { class: 'lead' }, make('h3', {}, words.lead), make('dl', {}, ...pairs));
};

const noAnswer = (detail: Detail): HTMLElement =>
	make(
		'section',
		{ class: 'message' },
		make('div', { class: 'message-head' }, make('h3', {}, words.answer)),
		make('p', { class: 'soft' }, detail.outcome ? words.noneSent : words.notYet),
	);

const content = (detail: Detail): readonly Node[] => {
	const { request, answer } = detail;
	const kind = detail.outcome?.kind ?? 'waiting';
	const facts = [
		shownTime(detail.atMs),
		detail.leadNumber === null ? words.noLead : filled(words.leadNumber, 'number', detail.leadNumber),
		detail.source,
	];
	return [
		make('button', { type: 'button', class: 'plain back', 'data-back': '' }, words.back),
		make(
			'header',
			{},
			make('h2', { dir: 'auto', tabindex: '-1' }, titleOf(detail)),
			make('span', { class: 'outcome pill', 'data-kind': kind }, detail.outcome?.label ?? words.waiting),
			make('p', { class: 'facts', title: fullTime(detail.atMs) }, ...factsLine(facts)),
			request?.method === 'POST'
				? make('button', { type: 'button', class: 'plain', 'data-again': detail.id }, words.again)
				: null,
		),
		make(
			'div',
			{ class: 'words', 'data-kind': kind },
			detail.message === '' ? null : make('p', { class: 'said', dir: 'auto' }, detail.message),
			detail.hint === '' ? null : make('p', {}, detail.hint),
			...detail.notes.map((note) => make('p', { class: 'note' }, note)),
		),
		leadFields(detail.fields) ?? '',
		make(
			'div',
			{ class: 'messages' },
			request ? message(words.request, `${request.method} ${request.path}`, request.headers, request.body) : null,
			answer ? message(words.answer, String(answer.status), answer.headers, answer.body) : noAnswer(detail),
		),
	].filter((part): part is HTMLElement => typeof part !== 'string');
};

/** The chosen call on the right. */
export const createDetail = () => {
	const place = byId('detail');
	let wanted: string | null = null;

	const showNothing = (text: string): void => {
		place.replaceChildren(make('p', { class: 'nothing' }, text));
	};
	showNothing(words.choose);

	return {
		/** Loads and shows a call; null for none. What was shown before stays until it is there, so that nothing jumps. */
		show: async (id: string | null): Promise<void> => {
			if (id === null) {
				wanted = null;
				return showNothing(words.choose);
			}
			const again = wanted === id && place.querySelector('header') !== null;
			wanted = id;
			const response = await fetch(`/calls/${encodeURIComponent(id)}?lang=${words.language}`).catch(() => null);
			const detail = response?.ok ? ((await response.json()) as Detail) : null;
			if (wanted !== id) return;
			if (detail) place.replaceChildren(...content(detail));
			else showNothing(response ? words.gone : words.unreached);
			if (!again) place.scrollTop = 0;
		},
		focus: () => (place.querySelector<HTMLElement>('h2') ?? place).focus({ preventScroll: true }),
	};
};
