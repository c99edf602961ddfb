import { defaultBaseUrl, defaultFlow, defaultPolicy } from '@icloud-ready/core';

/** One setting: an argument, a variable of the environment, or its default. */
export interface Option {
	readonly name: string;
	readonly env: string;
	readonly kind: 'text' | 'number' | 'whole' | 'choice' | 'flag';
	readonly fallback: string;
	/** Bounds of a number. */
	readonly least?: number;
	readonly most?: number;
	readonly choices?: readonly string[];
	readonly does: string;
}

/** Every setting but the secrets, in the order of the help; arguments, help and README are made from it. */
export const options = [
	{
		name: 'port',
		env: 'GATEWAY_PORT',
		kind: 'whole',
		fallback: '4020',
		least: 0,
		most: 65_535,
		does: 'Where to listen; 0 takes any free port',
	},
	{
		name: 'host',
		env: 'GATEWAY_HOST',
		kind: 'text',
		fallback: '127.0.0.1',
		does: 'Which address to listen on; 127.0.0.1 is this machine only',
	},
	{
		name: 'api',
		env: 'GATEWAY_API',
		kind: 'text',
		fallback: defaultBaseUrl,
		does: 'Base URL of the API that leads go to',
	},
	{
		name: 'allow-http',
		env: 'GATEWAY_ALLOW_HTTP',
		kind: 'flag',
		fallback: 'false',
		does: 'Let that base URL begin with http://, for an API in your own network',
	},
	{
		name: 'folder',
		env: 'GATEWAY_FOLDER',
		kind: 'text',
		fallback: 'icloud-ready-gateway',
		does: 'Where leads are kept on this machine, for one gateway',
	},
	{
		name: 'redis',
		env: 'GATEWAY_REDIS',
		kind: 'text',
		fallback: '',
		does: 'Address of a Redis (redis:// or rediss://) that keeps leads instead, for any number of gateways',
	},
	{
		name: 'wait-seconds',
		env: 'GATEWAY_WAIT_SECONDS',
		kind: 'number',
		fallback: '25',
		least: 0,
		most: 600,
		does: 'How long a request may wait for its outcome before it is answered 202',
	},
	{
		name: 'keep-days',
		env: 'GATEWAY_KEEP_DAYS',
		kind: 'number',
		fallback: '30',
		least: 0,
		most: 3650,
		does: 'How long leads that ended are remembered',
	},
	{
		name: 'max-waiting',
		env: 'GATEWAY_MAX_WAITING',
		kind: 'whole',
		fallback: '100000',
		least: 1,
		most: 10_000_000,
		does: 'How many leads may wait; of one key never more than there is room left',
	},
	{
		name: 'unverified-minutes',
		env: 'GATEWAY_UNVERIFIED_MINUTES',
		kind: 'number',
		fallback: '60',
		least: 0.01,
		most: 43_200,
		does: 'How long a lead waits whose key is refused and was never accepted for its organization',
	},
	{
		name: 'duplicate-key',
		env: 'GATEWAY_DUPLICATE_KEY',
		kind: 'choice',
		fallback: 'off',
		choices: ['off', 'phone', 'email', 'phoneAndCampaign'],
		does: 'By what a lead without an Idempotency-Key is known again',
	},
	{
		name: 'max-per-second',
		env: 'GATEWAY_MAX_PER_SECOND',
		kind: 'number',
		fallback: String(defaultFlow.maxPerSecond),
		least: 0,
		most: 1000,
		does: 'Leads of one key that leave in a second; 0 is as fast as the API allows',
	},
	{
		name: 'concurrency',
		env: 'GATEWAY_CONCURRENCY',
		kind: 'whole',
		fallback: String(defaultFlow.concurrency),
		least: 1,
		most: 1000,
		does: 'Leads of one key that are on their way at once',
	},
	{
		name: 'timeout-seconds',
		env: 'GATEWAY_TIMEOUT_SECONDS',
		kind: 'number',
		fallback: String(defaultPolicy.timeoutSeconds),
		least: 1,
		most: 600,
		does: 'How long the API may take to answer',
	},
	{
		name: 'stop-seconds',
		env: 'GATEWAY_STOP_SECONDS',
		kind: 'number',
		fallback: '10',
		least: 0,
		most: 600,
		does: 'How long a stop waits for leads that are on their way',
	},
	{
		name: 'log-personal-data',
		env: 'GATEWAY_LOG_PERSONAL_DATA',
		kind: 'flag',
		fallback: 'false',
		does: 'Write names and phones into the log',
	},
] as const satisfies readonly Option[];

export type OptionName = (typeof options)[number]['name'];

/** Settings that are secret, and so never arguments: other users of a machine can read those. */
export const secretOptions = [
	{
		env: 'GATEWAY_SECRET',
		does: 'Required. Encrypts the keys of leads that wait; at least 16 characters. While leads wait, the gateway starts with the same one only',
	},
	{
		env: 'GATEWAY_ADMIN_TOKEN',
		does: 'Lets those who know it see the inbox page at /inbox; at least 16 characters. Without it there is no such page',
	},
] as const;
