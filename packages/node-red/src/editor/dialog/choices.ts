import type { Prefix } from '../page/rows';

/** Radio buttons keep what is chosen in the hidden input that Node-RED saves; `onChoice` hears of the first value, too. */
export const prepareRadios = (
	property: string,
	onChoice: (value: string) => void,
	prefix: Prefix = 'node-input',
): void => {
	const kept = $(`#${prefix}-${property}`);
	const radios = $(`input[name="icr-${property}"]`);
	const stored = String(kept.val() ?? '');
	const known = radios.filter((_index, radio) => $(radio).val() === stored);
	(known.length > 0 ? known : radios.first()).prop('checked', true);
	const tell = (): void => {
		const chosen = String(radios.filter(':checked').val());
		kept.val(chosen).trigger('change');
		onChoice(chosen);
	};
	radios.on('change', tell);
	tell();
};

/** Below each choice, only the explanation of the chosen entry. */
export const prepareChoiceHints = (): void => {
	$('.icr-row:has([data-choice])').each((_index, row) => {
		const select = $(row).find('select');
		const show = (): void => {
			$(row)
				.find('[data-choice]')
				.each((_at, hint) => {
					$(hint).prop('hidden', $(hint).attr('data-choice') !== select.val());
				});
		};
		select.on('change', show);
		show();
	});
};

/** Within a part of the form, shows what is meant for the chosen value and hides what is meant for others. */
export const showFor = (part: JQuery, value: string): void => {
	part.find('[data-shown-for]').each((_index, element) => {
		$(element).prop('hidden', !(element.dataset.shownFor ?? '').split(' ').includes(value));
	});
};
