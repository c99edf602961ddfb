import { readCommandLine } from './arguments';
import { shortestSecret } from './optionKinds';
import { options, optionShape, secretShape } from './options';
import { baseUrlFlaw } from '@icloud-ready/core';
import * as z from 'zod/v4';

/** What is wrong with a base URL for leads, after "The base URL of the API". */
const baseUrlMistakes = {
	baseUrl: 'is not a web address. Give it as https://….',
	login: 'contains a user name or a password. Remove it; the key of each lead is enough.',
	path: 'contains more than an address (for example ? or ..). Leave only a path after the host.',
	https: 'begins with http://, so keys would be sent in clear text. Use https://, or --allow-http on your own network.',
} as const;

/** What is wrong with where alerts go, as a whole sentence that repeats nothing of the address: it may hold a token. */
const alertMistake = (url: string, alertSecret: string, allowHttp: boolean): string | undefined => {
	if (url === '') return undefined;
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
		return 'The address for alerts is not a web address. Give it as https://….';
	const { protocol, username, password } = new URL(url);
	if (username !== '' || password !== '')
		return 'The address for alerts contains a user name or a password. Remove it; alerts are signed.';
	if (protocol === 'http:' && !allowHttp)
		return 'The address for alerts begins with http://. Use https://, or --allow-http on your own network.';
	return alertSecret === ''
		? `GATEWAY_ALERT_SECRET is missing. Alerts are signed with it: set it in the environment to at least ${shortestSecret} characters that nobody can guess.`
		: undefined;
};

/** All that people set, as texts; each thing that is wrong with them is told in words. */
const settingsSchema = z
	.object({ ...optionShape, ...secretShape })
	.superRefine(({ baseUrl, allowHttp }, context) => {
		const flaw = baseUrlFlaw(baseUrl, allowHttp);
		if (flaw !== undefined) context.addIssue(`The base URL of the API ${baseUrlMistakes[flaw]}`);
	})
	.superRefine(({ alertUrl, alertSecret, allowHttp }, context) => {
		const mistake = alertMistake(alertUrl, alertSecret, allowHttp);
		if (mistake !== undefined) context.addIssue(mistake);
	})
	.transform(({ allowHttp: _, ...settings }) => settings);

/** See `optionShape` for units, ranges and defaults. */
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

export type Arguments =
	| { readonly kind: 'help' | 'version' }
	| { readonly kind: 'start'; readonly settings: Settings }
	| { readonly kind: 'mistake'; readonly message: string };

type Env = Readonly<Record<string, string | undefined>>;

const helpHint = 'Run icloud-ready-gateway --help to see the settings.';
const mistake = (message: string): Arguments => ({ kind: 'mistake', message });

/** A password in an argument; the same is right in the environment. */
const shownPassword = (redis: string | undefined): string | undefined =>
	redis !== undefined && URL.canParse(redis) && new URL(redis).password !== ''
		? 'The address of Redis contains a password, which other users of this machine could read. Set it as GATEWAY_REDIS in the environment instead.'
		: undefined;

/** What is wrong with the settings, then what to do. `source`: where the value came from. */
const wordsOf = (
	{ path, message }: Pick<z.core.$ZodIssue, 'path' | 'message'>,
	source: (name: string, env: string) => string,
	given: Readonly<Record<string, string>>,
): string => {
	const option = options.find(({ setting }) => setting === path[0]);
	if (option === undefined || option.saysAll === true) return message;
	return `${source(option.name, option.env)} must be ${message}, and "${given[option.setting]}" is not. ${helpHint}`;
};

/** Reads the command line and the environment; an argument wins over a variable, and an empty variable is none. */
export const readSettings = (args: readonly string[], env: Env): Arguments => {
	const line = readCommandLine(args);
	if (line.kind === 'mistake') return mistake(`${line.message} ${helpHint}`);
	if (line.kind !== 'values') return line;
	const { values } = line;
	const variable = (name: string): string | undefined => (env[name]?.trim() === '' ? undefined : env[name]);
	const given = {
		...Object.fromEntries(
			options.map((option) => [
				option.setting,
				(values.get(option.name) ?? variable(option.env) ?? option.fallback).trim(),
			]),
		),
		secret: env.GATEWAY_SECRET ?? '',
		alertSecret: (env.GATEWAY_ALERT_SECRET ?? '').trim(),
		// As it is typed in: without what stands around it.
		adminToken: (env.GATEWAY_ADMIN_TOKEN ?? '').trim(),
	};
	const read = settingsSchema.safeParse(given);
	const [issue] = read.error?.issues ?? [];
	if (issue !== undefined)
		return mistake(wordsOf(issue, (name, envName) => (values.has(name) ? `--${name}` : envName), given));
	const shown = shownPassword(values.get('redis'));
	if (shown !== undefined) return mistake(shown);
	return read.success ? { kind: 'start', settings: read.data } : mistake(helpHint);
};
