import { fieldNamed } from '@icloud-ready/core';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';

/**
 * Every country with a calling code. Only codes stand in the page: the dialog names them in the reader's language.
 * The first ones are the countries that the catalog suggests.
 */
export const countryOptions = (): string => {
	const first: readonly string[] = fieldNamed('country')?.suggestions ?? [];
	const all = getCountries();
	const option = (code: (typeof all)[number], mark = ''): string => `<option value="${code}"${mark}>+${getCountryCallingCode(code)}</option>`;
	const near = all.filter((code) => first.includes(code)).sort((one, other) => first.indexOf(one) - first.indexOf(other));
	const far = all.filter((code) => !first.includes(code));
	return `${near.map((code) => option(code, ' data-near')).join('')}<hr>${far.map((code) => option(code)).join('')}`;
};
