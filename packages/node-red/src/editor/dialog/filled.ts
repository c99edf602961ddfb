import { isFilled, type StoredField } from './storedFields';
import type { Translate } from './words';

/** At each group's heading, how many of its fields are filled; so nothing hides in a closed group. */
export const showFilled = (rows: readonly StoredField[], words: Translate): void => {
	const filled = new Set(rows.filter(isFilled).map(({ field }) => field));
	$('.icr-group[data-group]').each((_index, group) => {
		const count = $(group)
			.find('input[data-path]')
			.filter((_at, input) => filled.has(input.dataset.path ?? '')).length;
		$(group)
			.find('.icr-filled')
			.prop('hidden', count === 0)
			.attr('title', words('lead.filled', { number: count }))
			.text(count);
	});
};

/** Marks the required rows that are still empty, where they are asked for. */
export const showMissing = (rows: readonly StoredField[], isAsked: boolean): void => {
	const filled = new Set(rows.filter(isFilled).map(({ field }) => field));
	$('.icr-field input[data-required]').each((_index, input) => {
		const misses = isAsked && !filled.has(input.dataset.path ?? '');
		$(input).closest('.icr-field').toggleClass('icr-missing', misses);
	});
};
