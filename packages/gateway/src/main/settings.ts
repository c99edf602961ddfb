import type { DuplicateChoice } from '../leads/submittedLead';
import { type Option, type OptionName, options, secretOptions } from './options';
import { baseUrlFlaw, tidyBaseUrl } from '@icloud-ready/core';
import { parseArgs } from 'node:util';

export interface Settings {
	readonly secret: string;
	/** Lets into the inbox page; empty: there is none. */
	readonly adminToken: string;
	readonly port: number;
	readonly host: string;
	readonly baseUrl: string;
	readonly folder: string;
	/** Address of a Redis, perhaps with a password in it; empty: leads are kept in `folder`. */
	readonly redis: string;
	readonly waitSeconds: number;
	readonly keepDays: number;
	readonly maxWaiting: number;
	readonly unverifiedMinutes: number;
	readonly duplicateKey: DuplicateChoice;
	readonly maxPerSecond: number;
	readonly concurrency: number;
	readonly timeoutSeconds: number;
	readonly stopSeconds: number;
	readonly logPersonalData: boolean;
}

export type Arguments =
	| { readonly kind: 'help' | 'version' }
	| { readonly kind: 'start'; readonly settings: Settings }
	| { readonly kind: 'mistake'; readonly message: string };

type Env = Readonly<Record<string, string | undefined>>;

const shortestSecret = 16;
const column = 26;

export const helpText = [
	'The lead API of iCloud-Ready in front of a queue: no lead is lost, none is sent twice, and the limit is kept.',
	'',
	'Usage: icloud-ready-gateway [options]',
	'',
	...options.map(
		({ name, env, kind, fallback, does }) =>
			`  ${`--${name}${kind === 'flag' ? '' : ' …'}`.padEnd(column)}${does} (${env}${kind === 'flag' || fallback === '' ? '' : `, default ${fallback}`})`,
	),
	`  ${'--help'.padEnd(column)}Show this help`,
	`  ${'--version'.padEnd(column)}Show the version`,
	'',
	'In the environment only:',
	'',
	...secretOptions.map(({ env, does }) => `  ${env.padEnd(column)}${does}`),
].join('\n');

/** What is wrong with a value, as the end of a sentence; undefined where nothing is. */
const flawOf = ({ kind, least = 0, most = 0, choices = [] }: Option, value: string): string | undefined => {
	switch (kind) {
		case 'text':
			return undefined;
		case 'choice':
			return choices.includes(value) ? undefined : `one of ${choices.join(', ')}`;
		case 'flag':
			return value === 'true' || value === 'false' ? undefined : 'true or false';
		case 'number':
		case 'whole': {
			const number = value.trim() === '' ? Number.NaN : Number(value);
			const isFine =
				Number.isFinite(number) && number >= least && number <= most && (kind === 'number' || Number.isInteger(number));
			return isFine ? undefined : `a ${kind === 'whole' ? 'whole ' : ''}number from ${least} to ${most}`;
		}
	}
};

/** What is wrong with a base URL for leads, after "The base URL of the API". */
const baseUrlMistakes = {
	baseUrl: 'is not a web address. Give it as https://….',
	login: 'holds a user name or a password. Leave it out; the key of each lead is enough.',
	path: 'holds more than an address, such as a question mark or two dots. Give nothing but the path behind the host.',
	https:
		'begins with http://, so that keys could be read on the way. Use https://, or --allow-http in a network of your own.',
} as const;

/** As it is typed in: without what stands around it. */
const adminTokenOf = ({ GATEWAY_ADMIN_TOKEN: token = '' }: Env): string => token.trim();

const secretMistake = (env: Env): string | undefined => {
	const { GATEWAY_SECRET: secret = '' } = env;
	const adminToken = adminTokenOf(env);
	if (secret === '')
		return 'GATEWAY_SECRET is missing. Set it in the environment to at least 16 characters that nobody can guess, and keep it: leads that wait can be sent with the same one only.';
	if (secret.length < shortestSecret)
		return `GATEWAY_SECRET is too short. Use at least ${shortestSecret} characters that nobody can guess.`;
	if (adminToken !== '' && adminToken.length < shortestSecret)
		return `GATEWAY_ADMIN_TOKEN is too short. Use at least ${shortestSecret} characters that nobody can guess, or leave it out, and there is no inbox page.`;
	return undefined;
};

/** What is wrong with the address of a Redis; it is not repeated, since it may hold a password. */
const redisMistake = (address: string, isArgument: boolean): string | undefined => {
	if (address === '') return undefined;
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return 'The address of Redis is not one. Give it as redis://host:6379.';
	}
	if (!/^rediss?:$/.test(url.protocol) || url.hostname === '')
		return 'The address of Redis must begin with redis:// or rediss:// and name a host.';
	if (isArgument && url.password !== '')
		return 'The address of Redis holds a password, which other users of this machine could read. Set it as GATEWAY_REDIS in the environment instead.';
	return undefined;
};
const redisOption: Option = options.find(({ name }) => name === 'redis') ?? options[0];

const optionMistake = (error: unknown, args: readonly string[]): string => {
	const { code = '', message = '' } = error as NodeJS.ErrnoException;
	const named = /'(-[^' ]+)/.exec(message)?.[1];
	if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${named ?? ''}.`;
	if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
		return `"${/'([^']*)'/.exec(message)?.[1] ?? args.join(' ')}" does not belong to an option.`;
	return named === undefined ? 'The options could not be read.' : `The option ${named} was not given as it should be.`;
};

const mistake = (message: string): Arguments => ({ kind: 'mistake', message });
const helpHint = 'Run icloud-ready-gateway --help to see the settings.';

/** Reads the command line and the environment; an argument wins over a variable. */
export const readSettings = (args: readonly string[], env: Env): Arguments => {
	let values: Readonly<Record<string, string | boolean | undefined>>;
	try {
		const flags = [...options.filter(({ kind }) => kind === 'flag').map(({ name }) => name), 'help', 'version'];
		const known = Object.fromEntries(
			[...options.map(({ name }) => name), 'help', 'version'].map((name) => [
				name,
				{ type: flags.includes(name) ? ('boolean' as const) : ('string' as const) },
			]),
		);
		values = parseArgs({ args: [...args], options: known, allowPositionals: false }).values as typeof values;
	} catch (error) {
		return mistake(`${optionMistake(error, args)} ${helpHint}`);
	}
	if (values.help === true) return { kind: 'help' };
	if (values.version === true) return { kind: 'version' };

	const given = (option: Option): string => {
		const value =
			values[option.name] ?? (env[option.env]?.trim() === '' ? undefined : env[option.env]) ?? option.fallback;
		return String(value).trim();
	};
	for (const option of options as readonly Option[]) {
		const flaw = flawOf(option, given(option));
		const source = values[option.name] === undefined ? option.env : `--${option.name}`;
		if (flaw !== undefined) return mistake(`${source} must be ${flaw}, and "${given(option)}" is not. ${helpHint}`);
	}
	const secrets = secretMistake(env);
	if (secrets !== undefined) return mistake(secrets);
	const redis = redisMistake(given(redisOption), values.redis !== undefined);
	if (redis !== undefined) return mistake(redis);
	return checked(
		Object.fromEntries((options as readonly Option[]).map((option) => [option.name, given(option)])) as Record<
			OptionName,
			string
		>,
		env,
	);
};

const checked = (text: Readonly<Record<OptionName, string>>, env: Env): Arguments => {
	const baseUrl = tidyBaseUrl(text.api);
	const flaw = baseUrlFlaw(baseUrl, text['allow-http'] === 'true');
	if (flaw !== undefined) return mistake(`The base URL of the API ${baseUrlMistakes[flaw]}`);
	const { GATEWAY_SECRET: secret = '' } = env;
	return {
		kind: 'start',
		settings: {
			secret,
			adminToken: adminTokenOf(env),
			baseUrl,
			host: text.host,
			folder: text.folder,
			redis: text.redis,
			port: Number(text.port),
			waitSeconds: Number(text['wait-seconds']),
			keepDays: Number(text['keep-days']),
			maxWaiting: Number(text['max-waiting']),
			unverifiedMinutes: Number(text['unverified-minutes']),
			duplicateKey: text['duplicate-key'] as DuplicateChoice,
			maxPerSecond: Number(text['max-per-second']),
			concurrency: Number(text.concurrency),
			timeoutSeconds: Number(text['timeout-seconds']),
			stopSeconds: Number(text['stop-seconds']),
			logPersonalData: text['log-personal-data'] === 'true',
		},
	};
};
