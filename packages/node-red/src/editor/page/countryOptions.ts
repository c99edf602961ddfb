import { fieldNamed, phoneCountries } from '@icloud-ready/core';

/**
 * Every country with a calling code. Only codes stand in the page: the dialog names them in the reader's language.
 * The first ones are the countries that the catalog suggests.
 */
export const countryOptions = (): string => {
	const first: readonly string[] = fieldNamed('country')?.suggestions ?? [];
	const all = phoneCountries();
	const option = ({ code, callingCode }: (typeof all)[number], mark = ''): string =>
		`<option value="${code}"${mark}>+${callingCode}</option>`;
	const near = all
		.filter(({ code }) => first.includes(code))
		.sort((one, other) => first.indexOf(one.code) - first.indexOf(other.code));
	const far = all.filter(({ code }) => !first.includes(code));
	return `${near.map((each) => option(each, ' data-near')).join('')}<hr>${far.map((each) => option(each)).join('')}`;
};
