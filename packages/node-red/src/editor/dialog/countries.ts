import type { Translate } from './words';

/** Names the countries of the list in the reader's language and sorts the far ones by name. */
export const prepareCountries = (words: Translate): void => {
	const select = $('#node-input-defaultCountry');
	const names = new Intl.DisplayNames([words('language'), 'en'], { type: 'region' });
	const stored = String(select.val() ?? '');
	select.find('option').each((_index, option) => {
		const code = $(option).val() as string;
		$(option).text(words('country', { name: names.of(code) ?? code, calling: $(option).text() }));
	});
	const far = select.find('option:not([data-near])').get();
	const order = new Intl.Collator(words('language'));
	far.sort((one, other) => order.compare($(one).text(), $(other).text()));
	select.append($(far)).val(stored);
};

/** A value of the flow that is not in the list, such as `${COUNTRY}`, stays choosable. */
export const keepUnknownCountry = (stored: unknown): void => {
	const select = $('#node-input-defaultCountry');
	const value = String(stored ?? '');
	if (value === '' || select.find(`option[value="${$.escapeSelector(value)}"]`).length > 0) return;
	select.append($('<option>', { value }).text(value));
	select.val(value);
};
