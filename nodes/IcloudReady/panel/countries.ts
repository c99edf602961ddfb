import { fieldNamed, phoneCountries } from '../../../packages/core/src';
import type { INodePropertyOptions } from 'n8n-workflow';

/** Title Case, as n8n wants the names of options. */
const nameOf = (code: string, names: Intl.DisplayNames): string => (names.of(code) ?? code).replace(' da ', ' Da ');

const named = (): readonly INodePropertyOptions[] => {
	const names = new Intl.DisplayNames(['en'], { type: 'region' });
	/** Egypt and the Gulf, where most leads live. */
	const first: readonly string[] = fieldNamed('country')?.suggestions ?? [];
	const rank = (code: string): number => (first.includes(code) ? first.indexOf(code) : first.length);
	return phoneCountries()
		.map(({ code, callingCode }) => ({ name: `${nameOf(code, names)} (+${callingCode})`, value: code }))
		.sort((one, other) => rank(one.value) - rank(other.value) || one.name.localeCompare(other.name, 'en'));
};

/** The countries to choose from. The build puts them into the node as they are, so that n8n starts without reading what is known of phones. */
export const countries = named();
