import type { SettingFlaw } from '../../values/settingFlaw';

/** The settings as people read them in the panel or the dialog. */
export const settingLabels: Readonly<Record<string, string>> = {
	baseUrl: 'Base URL',
	organizationId: 'Organization ID',
	apiKey: 'API key',
	allowHttp: 'Allow unencrypted connections',
	gateway: 'This base URL is my own gateway',
	concurrency: 'Concurrent leads',
	maxPerSecond: 'Leads per second',
	maxTries: 'Attempts',
	maxWaitSeconds: 'Retry for at most (seconds)',
	timeoutSeconds: 'Timeout (seconds)',
	outbox: 'Outbox',
	outboxMax: 'Queue limit',
	keepDays: 'Keep for (days)',
	input: 'Where the lead comes from',
	routing: 'Outputs',
	defaultCountry: 'Default country',
	phone: 'Phone handling',
	unconfirmed: 'If the answer is lost',
	duplicates: 'Duplicates',
	duplicateKey: 'Recognized by',
	phoneAsName: 'Phone as first name',
	dryRun: 'Dry run',
	language: 'Language',
	fields: 'Fields',
	path: 'Path',
	platform: 'Platform',
	answer: 'Answer',
	answerSeconds: 'Answer within (seconds)',
	browser: 'Answer to browsers',
	redirect: 'Thank-you page',
	ownerNotes: "Show iCloud-Ready's message to the site owner",
	origins: 'Websites',
	publicUrl: 'Public address',
	graphUrl: 'Graph API',
	minutes: 'Waiting longer than',
};

const number = (value: number): string => value.toLocaleString('en-US');

/** A setting that was not usable, as sentences: what is used in its place, then what to do. */
export const setting = (label: string, flaw: SettingFlaw): string => {
	switch (flaw.kind) {
		case 'number':
			return `"${label}" is not a number from ${number(flaw.min)} to ${number(flaw.max)}, so ${number(flaw.used)} is used. Correct it in the settings of the node.`;
		case 'choice':
			return `"${label}" is none of ${flaw.choices.join(', ')}, so ${flaw.used} is used. Correct it in the settings of the node.`;
		case 'flag':
			return `"${label}" is neither true nor false, so ${String(flaw.used)} is used. Correct it in the settings of the node.`;
		case 'text':
			return flaw.used === ''
				? `"${label}" is not text, so it counts as empty. Correct it in the settings of the node.`
				: `"${label}" is not text, so ${flaw.used} is used. Correct it in the settings of the node.`;
		case 'entry':
			return `Entry ${flaw.index + 1} of "${label}" is not a lead field with a value, so it is left out. Correct or remove it in the settings of the node.`;
		case 'list':
			return `"${label}" is not a list, so it counts as empty. Correct it in the settings of the node.`;
		case 'object':
			return 'The settings of the node cannot be read, so the defaults are used. Check them.';
	}
};
