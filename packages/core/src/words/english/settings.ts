import type { Unit } from '../../values/limits';
import type { SettingFlaw } from '../../values/settingFlaw';

/** The settings as people read them in the panel or the dialog. */
export const settingLabels: Readonly<Record<string, string>> = {
	baseUrl: 'Base URL',
	organizationId: 'Organization ID',
	apiKey: 'API key',
	allowHttp: 'Allow a connection without encryption',
	gateway: 'The base URL is a gateway of my own',
	concurrency: 'At once',
	maxPerSecond: 'Per second',
	maxTries: 'Tries',
	maxWaitSeconds: 'Longest wait',
	timeoutSeconds: 'Timeout',
	outbox: 'Outbox',
	outboxMax: 'Most that wait',
	keepDays: 'Remember',
	input: 'Where the lead comes from',
	routing: 'Outputs',
	defaultCountry: 'Default country',
	phone: 'Phone handling',
	unconfirmed: 'No answer',
	duplicates: 'Same lead again',
	duplicateKey: 'Recognized by',
	phoneAsName: 'Phone as first name',
	dryRun: 'Dry run',
	language: 'Language',
	fields: 'Fields',
	path: 'Path',
	platform: 'Platform',
	answer: 'Answer',
	answerSeconds: 'Longest wait',
	browser: 'Browsers get',
	redirect: 'Thank-you page',
	ownerNotes: 'Tell the owner of the site what iCloud-Ready said',
	origins: 'Websites',
	publicUrl: 'Public address',
	graphUrl: 'Graph API',
	minutes: 'Waiting longer than',
};

const units: Readonly<Record<Unit, string>> = {
	leads: '',
	leadsPerSecond: '',
	tries: '',
	seconds: ' seconds',
	minutes: ' minutes',
	days: ' days',
};

const number = (value: number): string => value.toLocaleString('en-US');

/** A setting that was not usable, as sentences: what is used in its place, then what to do. */
export const setting = (label: string, flaw: SettingFlaw): string => {
	switch (flaw.kind) {
		case 'number':
			return `"${label}" is not a number from ${number(flaw.min)} to ${number(flaw.max)}${units[flaw.unit]}, so ${number(flaw.used)} is used. Correct it in the settings of the node.`;
		case 'choice':
			return `"${label}" is none of ${flaw.choices.join(', ')}, so ${flaw.used} is used. Correct it in the settings of the node.`;
		case 'flag':
			return `"${label}" is neither true nor false, so ${String(flaw.used)} is used. Correct it in the settings of the node.`;
		case 'text':
			return flaw.used === ''
				? `"${label}" is not text, so it counts as empty. Correct it in the settings of the node.`
				: `"${label}" is not text, so ${flaw.used} is used. Correct it in the settings of the node.`;
		case 'entry':
			return `Entry ${flaw.index + 1} of "${label}" is no field of a lead with a value, so it is left out. Correct or remove it in the settings of the node.`;
		case 'list':
			return `"${label}" is not a list, so it counts as empty. Correct it in the settings of the node.`;
		case 'object':
			return 'The settings of the node cannot be read, so the defaults are used. Check them.';
	}
};
