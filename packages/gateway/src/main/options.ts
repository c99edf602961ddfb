import {
	alertSecret,
	choice,
	flag,
	number,
	optionMeta,
	type OptionMeta,
	redisAddress,
	secret,
	shortestSecret,
	text,
	whole,
} from './optionKinds';
import { defaultBaseUrl, defaultFlow, defaultPolicy, tidyBaseUrl } from '@icloud-ready/core';

const duplicateKeys = ['off', 'phone', 'email', 'phoneAndCampaign'] as const;

/** Every setting but the secrets, in the order of the help; arguments, help, README and `Settings` are made from it. */
export const optionShape = {
	/** TCP port, 0 to 65,535; 0 takes any free one. @default 4020 */
	port: whole(0, 65_535).register(optionMeta, {
		name: 'port',
		env: 'GATEWAY_PORT',
		fallback: '4020',
		does: 'Port to listen on; 0 picks any free port',
	}),
	/** Name or IP address. @default '127.0.0.1' */
	host: text().register(optionMeta, {
		name: 'host',
		env: 'GATEWAY_HOST',
		fallback: '127.0.0.1',
		does: 'Address to listen on; 127.0.0.1 is this machine only',
	}),
	/** Without a slash at its end. @default defaultBaseUrl */
	baseUrl: text().transform(tidyBaseUrl).register(optionMeta, {
		name: 'api',
		env: 'GATEWAY_API',
		fallback: defaultBaseUrl,
		does: 'Base URL of the API that leads go to',
	}),
	/** @default false */
	allowHttp: flag().register(optionMeta, {
		name: 'allow-http',
		env: 'GATEWAY_ALLOW_HTTP',
		fallback: 'false',
		isFlag: true,
		does: 'Allow that base URL to begin with http://, for an API on your own network',
	}),
	/** A path; it is made where it is not there. @default 'icloud-ready-gateway' */
	folder: text().register(optionMeta, {
		name: 'folder',
		env: 'GATEWAY_FOLDER',
		fallback: 'icloud-ready-gateway',
		does: 'Where leads are kept on this machine, for one gateway',
	}),
	/** A path; empty: the journal is in `folder`. @default '' */
	stateDir: text().register(optionMeta, {
		name: 'state-dir',
		env: 'GATEWAY_STATE_DIR',
		fallback: '',
		does: 'A folder of this gateway, ideally on another disk, that remembers what must be in the store, so that an older copy of the store or of Redis is noticed',
	}),
	/** Address of a Redis, perhaps with a password in it; empty: leads are kept in `folder`. @default '' */
	redis: redisAddress().register(optionMeta, {
		name: 'redis',
		env: 'GATEWAY_REDIS',
		fallback: '',
		saysAll: true,
		does: 'Address of a Redis (redis:// or rediss://) that keeps leads instead, for any number of gateways',
	}),
	/** Seconds, 0 to 600: below the 30 s after which many clients and proxies hang up. @default 25 */
	waitSeconds: number(0, 600).register(optionMeta, {
		name: 'wait-seconds',
		env: 'GATEWAY_WAIT_SECONDS',
		fallback: '25',
		does: 'How long a request may wait for its outcome before it is answered 202',
	}),
	/** Days, 0 to 3650. @default 30 */
	keepDays: number(0, 3650).register(optionMeta, {
		name: 'keep-days',
		env: 'GATEWAY_KEEP_DAYS',
		fallback: '30',
		does: 'How long finished leads are kept',
	}),
	/** Leads, 1 to 10,000,000: a day of more than one a second, at about 2 kB each. @default 100000 */
	maxWaiting: whole(1, 10_000_000).register(optionMeta, {
		name: 'max-waiting',
		env: 'GATEWAY_MAX_WAITING',
		fallback: '100000',
		does: 'Queue limit; one key never gets more than the room that is left',
	}),
	/** Minutes, 0.01 to 43,200 (30 days). @default 60 */
	unverifiedMinutes: number(0.01, 43_200).register(optionMeta, {
		name: 'unverified-minutes',
		env: 'GATEWAY_UNVERIFIED_MINUTES',
		fallback: '60',
		does: 'How long a lead waits if its key is refused and was never accepted for its organization',
	}),
	/** @default 'off' */
	duplicateKey: choice(duplicateKeys).register(optionMeta, {
		choices: duplicateKeys,
		name: 'duplicate-key',
		env: 'GATEWAY_DUPLICATE_KEY',
		fallback: 'off',
		does: 'How to recognize a repeated lead without an Idempotency-Key',
	}),
	/** Leads a second of one key, 0 to 1000; 0 is as fast as the API allows. @default 0 */
	maxPerSecond: number(0, 1000).register(optionMeta, {
		name: 'max-per-second',
		env: 'GATEWAY_MAX_PER_SECOND',
		fallback: String(defaultFlow.maxPerSecond),
		does: 'Leads per second of one key; 0 is as fast as the API allows',
	}),
	/** Leads of one key, 1 to 50; 0 is adaptive, as in Node-RED. @default 0 */
	concurrency: whole(0, 50).register(optionMeta, {
		name: 'concurrency',
		env: 'GATEWAY_CONCURRENCY',
		fallback: String(defaultFlow.concurrency),
		does: 'Concurrent leads of one key, 1 to 50; 0 adjusts automatically',
	}),
	/** Seconds, 1 to 600; as in both nodes. @default 30 */
	timeoutSeconds: number(1, 600).register(optionMeta, {
		name: 'timeout-seconds',
		env: 'GATEWAY_TIMEOUT_SECONDS',
		fallback: String(defaultPolicy.timeoutSeconds),
		does: 'How long the API may take to answer',
	}),
	/** Seconds, 0 to 600: what container hosts wait for by default before they kill. @default 10 */
	stopSeconds: number(0, 600).register(optionMeta, {
		name: 'stop-seconds',
		env: 'GATEWAY_STOP_SECONDS',
		fallback: '10',
		does: 'How long a shutdown waits for leads that are being sent',
	}),
	/** Where alerts are posted, https:// unless `allowHttp`; empty: nowhere. @default '' */
	alertUrl: text().register(optionMeta, {
		name: 'alert-url',
		env: 'GATEWAY_ALERT_URL',
		fallback: '',
		saysAll: true,
		does: 'Web address that receives an alert when something needs a person, such as a refused key',
	}),
	/** Minutes, 1 to 43,200 (30 days). @default 30 */
	alertMinutes: number(1, 43_200).register(optionMeta, {
		name: 'alert-minutes',
		env: 'GATEWAY_ALERT_MINUTES',
		fallback: '30',
		does: 'How long leads may wait before an alert is sent',
	}),
	/** @default false */
	logPersonalData: flag().register(optionMeta, {
		name: 'log-personal-data',
		env: 'GATEWAY_LOG_PERSONAL_DATA',
		fallback: 'false',
		isFlag: true,
		does: 'Write names and phone numbers to the log',
	}),
};

export type SettingName = keyof typeof optionShape;

/** The table as a list: each setting with what is told of it. */
export const options: readonly (OptionMeta & { readonly setting: SettingName })[] = (
	Object.keys(optionShape) as SettingName[]
).flatMap((setting) => {
	const meta = optionMeta.get(optionShape[setting]);
	return meta === undefined ? [] : [{ ...meta, setting }];
});

/** Settings that are secret, and so never arguments: other users of a machine can read those. At least 16 characters each. */
export const secretShape = {
	/** Encrypts the keys of leads that wait. Required. */
	secret: secret({
		name: 'GATEWAY_SECRET',
		missing: `GATEWAY_SECRET is missing. Set it in the environment to at least ${shortestSecret} characters that nobody can guess, and keep it: waiting leads can be sent only with the same secret.`,
		short: `GATEWAY_SECRET is too short. Use at least ${shortestSecret} characters that nobody can guess.`,
	}),
	/** Signs alerts; required with `alertUrl`: base64 of 24 bytes or more. @default '' */
	alertSecret: alertSecret(),
	/** Lets into the inbox page; empty: there is none. @default '' */
	adminToken: secret({
		name: 'GATEWAY_ADMIN_TOKEN',
		short: `GATEWAY_ADMIN_TOKEN is too short. Use at least ${shortestSecret} characters that nobody can guess, or leave it out to have no inbox page.`,
	}),
};

export const secretOptions = [
	{
		env: 'GATEWAY_SECRET',
		does: 'Required. Encrypts the keys of waiting leads; at least 16 characters. While leads are waiting, the gateway starts only with the same secret',
	},
	{
		env: 'GATEWAY_ALERT_SECRET',
		does: 'Signs alerts, as Standard Webhooks describes: whsec_ and 24 bytes or more in base64. Required with --alert-url',
	},
	{
		env: 'GATEWAY_ADMIN_TOKEN',
		does: 'Opens the inbox page at /inbox to those who know it; at least 16 characters. Without it there is no such page',
	},
] as const;
