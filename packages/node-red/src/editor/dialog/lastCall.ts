import type { Translate } from './words';

/** As the runtime tells it. */
interface LastCall {
	readonly atMs: number;
	readonly kind: 'answered' | 'asked' | 'repeat';
	readonly status?: number;
	readonly refusal?: string;
	/** The node at which a part of it got out of sight. */
	readonly at?: string;
}

const sentence = (last: LastCall | null, words: Translate): string => {
	if (last === null) return words('last.none');
	const time = new Date(last.atMs).toLocaleString(words('language'));
	if (last.kind !== 'answered') return words(`last.${last.kind}`, { time });
	if (last.refusal === undefined) return words('last.answered', { time, status: last.status ?? '' });
	const at = last.at === undefined ? '' : ` ${words('last.at', { node: last.at })}`;
	return `${words('last.refused', { time, status: last.status ?? '' })} ${words(`refusal.${last.refusal}`)}${at}`;
};

/** When the deployed node was last called, and what came of it. The relative address makes the editor add its token. */
export const showLastCall = (id: string, words: Translate): void => {
	$.getJSON(`icloud-ready/lead-form/${encodeURIComponent(id)}/last`)
		.done((answer: { readonly last: LastCall | null }) => {
			$('#icr-last').text(sentence(answer.last, words));
		})
		.fail(() => {
			$('#icr-last').text('');
		});
};
