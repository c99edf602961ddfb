import {
	buildRequest,
	defaultBaseUrl,
	explain,
	type Field,
	fields,
	interpretResponse,
	issueAt,
	type Limit,
	limits,
	type Language,
	type Outcome,
	type OutcomeKind,
	outcomeKinds,
	outcomeOf,
	platformNames,
	platforms,
} from '../../packages/core/src';
import { alertRows, callRows, outcomeRows, statusRows } from './supportTables';
import { settingLabels } from '../../packages/core/src/words/english/settings';

const cell = (text: string): string => text.replace(/\|/g, '\\|');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
	[head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const example = ({ example: value }: Field): string => `\`${Array.isArray(value) ? value.join(', ') : String(value)}\``;

/** Every field of the catalog, required ones marked. */
const fieldTable = (): string =>
	table(
		['Field', 'API name', 'What it holds', 'Example'],
		fields.map((field: Field) => [
			`${field.label}${field.required === true ? ' *' : ''}`,
			`\`${field.path}\``,
			field.description,
			example(field),
		]),
	);

const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } };
const words = (outcome: Outcome, language?: Language): string =>
	Object.values(explain({ ...outcome, lead }, language))
		.filter((text) => text !== '')
		.join(' ');
const reply = (status: number, body: unknown = {}): Outcome => ({
	...interpretResponse({ status, headers: {}, body }),
	attempts: 5,
	waitedMs: 60_000,
});

/** One case for each outcome, so that the README shows the very words that people will read. */
const sample: Readonly<Record<OutcomeKind, Outcome>> = {
	created: reply(201, { _id: '68a1', leadNumber: 1042 }),
	duplicate: outcomeOf({ outcome: 'duplicate', cause: { kind: 'recorded', by: 'phone', value: '+201001234567' } }),
	invalid: outcomeOf(
		{ outcome: 'invalid', cause: { kind: 'ownCheck' } },
		{ issues: [issueAt('leadInformation.phone', { kind: 'missing' })] },
	),
	unauthorized: reply(401),
	forbidden: reply(403),
	rateLimited: reply(429),
	unconfirmed: outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'timeout', afterMs: 30_000 } }),
	failed: outcomeOf({
		outcome: 'failed',
		cause: {
			kind: 'notReached',
			why: 'refused',
			host: new URL(buildRequest(lead, { baseUrl: defaultBaseUrl, organizationId: 'x' }).url).host,
		},
	}),
};

/** Every outcome in the order of the outputs, with its words. */
const outcomeTable = (): string =>
	table(
		['Output', 'When', 'Does the lead exist?', 'What you read'],
		outcomeKinds.map(({ kind, label, when, leadExists }, index) => [
			`${index + 1}. ${label}`,
			when,
			leadExists,
			words(sample[kind]),
		]),
	);

const leadExistsAr = { yes: 'نعم', no: 'لا', perhaps: 'ربما' } as const;

/** The same in Arabic. */
const arabicOutcomeTable = (): string =>
	table(
		['المخرج', 'متى', 'هل سُجّل العميل؟', 'ما تقرؤه'],
		outcomeKinds.map(({ kind, labelAr, whenAr, leadExists }, index) => [
			`${index + 1}. ${labelAr}`,
			whenAr,
			leadExistsAr[leadExists],
			words(sample[kind], 'ar'),
		]),
	);

const unitNames: Readonly<Record<Limit['unit'], string>> = {
	leads: 'leads',
	leadsPerSecond: 'leads a second',
	tries: 'attempts',
	seconds: 'seconds',
	minutes: 'minutes',
	days: 'days',
};

/** Every number that can be set about the sending, with its default and its bounds. */
const limitTable = (): string =>
	table(
		['Setting', 'Name', 'Default', 'From', 'To', 'Unit'],
		Object.entries(limits).map(([name, limit]) => [
			settingLabels[name] ?? name,
			`\`${name}\``,
			...[limit.default, limit.min, limit.max].map((number) => number.toLocaleString('en-US')),
			`${unitNames[limit.unit]}${'isWhole' in limit ? ', whole' : ''}`,
		]),
	);

const provenBy = { signature: 'signature of the body', key: 'key in the body', token: 'token, if one is set' } as const;
const age = (ms: number | undefined): string =>
	ms === undefined ? 'none named' : ms < 3_600_000 ? `${ms / 60_000} minutes` : `${ms / 3_600_000} hours`;

/** How each platform proves its calls, with the documents that say so and what none says. */
const platformTable = (): string =>
	table(
		['Platform', 'Asks first', 'Proves itself by', 'Greatest age', 'Documents', 'What no document says'],
		platformNames.map((name) => {
			const { label, challenge, provesBy, maxAgeMs, documents, unconfirmed = '' } = platforms[name];
			const links = documents.map((address, index) => `[${index + 1}](${address})`).join(' ');
			return [label, challenge === undefined ? '' : 'yes', provenBy[provesBy], age(maxAgeMs), links, unconfirmed];
		}),
	);

export const tables: Readonly<Record<string, () => string>> = {
	fields: fieldTable,
	outcomes: outcomeTable,
	outcomesAr: arabicOutcomeTable,
	limits: limitTable,
	platforms: platformTable,
	supportOutcomes: () => table(['You read', 'Outcome', 'What to do'], outcomeRows()),
	supportStatuses: () => table(['Below the node', 'Cause and next step'], statusRows()),
	supportAlerts: () => table(['Alert', 'Cause and next step'], alertRows()),
	supportCalls: () => table(['The call was answered with', 'What to do'], callRows()),
};

/** A document with every marked table made anew; the marks are `<!-- fields -->` and `<!-- /fields -->`. */
export const withTables = (text: string): string =>
	Object.entries(tables).reduce(
		(so, [name, make]) =>
			so.replace(
				new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`, 'g'),
				(_, start: string, end: string) => `${start}${make()}\n${end}`,
			),
		text,
	);
