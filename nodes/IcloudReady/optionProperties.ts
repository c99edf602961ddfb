import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Title Case, as n8n wants the names of options. */
const nameOf = (code: string, names: Intl.DisplayNames): string => (names.of(code) ?? code).replace(' da ', ' Da ');

const countries = (): INodePropertyOptions[] => {
	const names = new Intl.DisplayNames(['en'], { type: 'region' });
	return getCountries()
		.map((code) => ({ name: `${nameOf(code, names)} (+${getCountryCallingCode(code)})`, value: code }))
		.sort((one, other) => one.name.localeCompare(other.name, 'en'));
};

/** What can be set about the sending, alphabetical. The defaults are the core's, written out since n8n's lint wants to see them; a test compares them. */
export const optionProperties: readonly INodeProperties[] = [
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		default: 'EG',
		description: 'Country of phone numbers that have no country code',
		options: countries(),
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to show what would be sent, with nothing sent',
	},
	{
		displayName: 'Leads at Once',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 5,
		description: 'How many leads are on their way at the same time',
	},
	{
		displayName: 'Organization ID',
		name: 'organizationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 686f894eaf67193dd6e124ce',
		description: 'Organization that gets the lead, in place of the one in the credential',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How long to wait for an answer before the lead counts as unconfirmed',
	},
];
