import { otherSecretCode } from '../leads/checkSecret';
import { shownRedis } from '../stores/redis/connection';
import { helpText } from './help';
import { type RunningGateway, startGateway } from './server';
import { readSettings, type Settings } from './settings';
import { version } from './version';
import { isIPv4 } from 'node:net';

/** What the command needs of the process it runs in. */
export interface Terminal {
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly print: (text: string) => void;
	readonly printError: (text: string) => void;
}

const codesOf = (error: unknown): readonly string[] => {
	if (typeof error !== 'object' || error === null) return [];
	const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
	return [...(typeof code === 'string' ? [code] : []), ...codesOf(cause)];
};

/** What to do where Redis cannot be reached, or lets nobody in. */
const unreachableHint = (codes: readonly string[]): string => {
	if (codes.includes('WRONGPASS')) return 'The user or the password is wrong. Check both in GATEWAY_REDIS.';
	if (codes.includes('NOAUTH'))
		return 'It requires a user and a password. Set them in GATEWAY_REDIS, as redis://user:password@host:6379.';
	return 'Check that it is running, and check the address and password in GATEWAY_REDIS.';
};

/** Why the gateway could not start, then what to do. */
const startProblem = (error: unknown, { port, host, folder, redis }: Settings): string => {
	const codes = codesOf(error);
	const { words } = (error ?? {}) as { readonly words?: unknown };
	const has = (...wanted: readonly string[]): boolean => wanted.some((code) => codes.includes(code));
	// First, since its codes are of another machine: a name that is not known is that of Redis.
	if (has('REDIS_UNFIT') && typeof words === 'string') return `${shownRedis(redis)} ${words}`;
	if (has('REDIS'))
		return `${shownRedis(redis)} cannot be reached (${codes.find((code) => code !== 'REDIS') ?? 'no answer'}). ${unreachableHint(codes)}`;
	if (has(otherSecretCode))
		return `Leads are waiting in ${redis === '' ? folder : shownRedis(redis)} that were kept with another GATEWAY_SECRET. Start with that one: only it can decrypt their keys.${redis === '' ? ' Or choose another folder with --folder.' : ''}`;
	if (has('REDIS_VERSION')) return `${shownRedis(redis)} is too old. Use Redis 7 or newer.`;
	if (has('EADDRINUSE'))
		return `Port ${port} is already in use. Stop the program that uses it, or choose another port with --port.`;
	if (has('EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'))
		return `This machine has no address ${host}. Choose another with --host, or omit it.`;
	if (has('LEVEL_LOCKED'))
		return `Another gateway uses the folder ${folder}. Stop it, or choose another folder with --folder.`;
	if (has('EEXIST', 'ENOTDIR'))
		return `${folder} is a file or inside one, but leads need a folder. Choose another with --folder.`;
	if (has('EACCES') && port > 0 && port < 1024)
		return `This user may not listen on port ${port}. Choose a port above 1023 with --port.`;
	return `The gateway could not start (${codes[0] ?? 'unknown reason'}). Check that the folder ${folder} can be written to and that the disk has free space.`;
};

/** Whether only this machine hears an address; a name that merely begins like one is none. */
const isLoopback = (host: string): boolean =>
	host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

const greeting = (
	{ baseUrl, origin }: RunningGateway,
	{ folder, redis, baseUrl: api, host, adminToken }: Settings,
): string =>
	[
		`Base URL for nodes   ${baseUrl}`,
		`Leads go to          ${api}`,
		`Leads are kept in    ${redis === '' ? folder : shownRedis(redis)}`,
		...(adminToken === '' ? [] : [`Inbox page           ${origin}/inbox`]),
		...(isLoopback(host)
			? []
			: ['This address is not encrypted. On a shared network, put an HTTPS reverse proxy in front of it.']),
	].join('\n');

/**
 * Runs the command. Resolves with the exit code when there is nothing more to do, or with the running gateway. The last
 * line it prints at the start begins with `Ready`; after that it prints the log.
 */
export const runCli = async ({ args, env, print, printError }: Terminal): Promise<number | RunningGateway> => {
	const command = readSettings(args, env);
	switch (command.kind) {
		case 'help':
			print(helpText);
			return 0;
		case 'version':
			print(version());
			return 0;
		case 'mistake':
			printError(command.message);
			return 1;
		case 'start':
			break;
	}
	const { settings } = command;
	try {
		const gateway = await startGateway(settings, print, env);
		print(greeting(gateway, settings));
		print(`Ready at ${gateway.origin} (Ctrl-C stops it)`);
		return gateway;
	} catch (error) {
		printError(startProblem(error, settings));
		return 1;
	}
};
