import { helpText, readArguments, type Settings } from './arguments';
import { startSandbox, type Sandbox } from './index';
import { notAFile } from './leadFile';
import { scenarioKeys } from './scenarios';
import { sendAs } from './senders/sendAs';
import type { Call } from './store';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the command needs of the process it runs in. */
export interface Terminal {
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly print: (text: string) => void;
	readonly printError: (text: string) => void;
}

const version = (): string =>
	(JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string }).version;

const time = (ms: number): string => new Date(ms).toTimeString().slice(0, 8);

const callLine = ({ atMs, method, path, status, leadNumber, progress }: Call): string => {
	const answer = progress === 'answered' ? String(status) : progress === 'gone' ? 'caller hung up' : 'connection cut';
	return `${time(atMs)}  ${method} ${path.split('?')[0]}  ${answer}${leadNumber === null ? '' : `  lead ${leadNumber}`}`;
};

/** Why the sandbox could not start, in words; then what to do. */
function startProblem(error: unknown, { port, host, file }: Settings): string {
	const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
	if (code === 'EADDRINUSE')
		return `Port ${port} is already in use. Stop the program that uses it, or choose another port with --port.`;
	if (code === 'EACCES' && syscall === 'listen')
		return `This user may not listen on port ${port}. Choose a port above 1023 with --port.`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
		return `This machine has no address ${host}. Choose another with --host, or omit it.`;
	if (code === 'ENOENT') return `The folder of ${file} does not exist. Create it, or choose another file with --file.`;
	if (code === 'EISDIR') return `${file} is a folder. Choose a file with --file.`;
	if (code === notAFile) return `${file} is not a file that leads can be kept in. Choose another with --file.`;
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
		return `${file} may not be read or written. Choose another file with --file.`;
	return `The sandbox could not start (${code || 'unknown reason'}).`;
}

function greeting({ origin, baseUrl, leadCount }: Sandbox, { host, file }: Settings): string {
	const loopback = /^(?:localhost|127\.|::1$)/.test(host);
	const widest = Math.max(...scenarioKeys.map(({ key }) => key.length));
	return [
		`Inbox page       ${origin}/`,
		`Base URL         ${baseUrl}`,
		'Organization ID  any text',
		...scenarioKeys.map(
			({ key, does }, at) => `${at === 0 ? 'API keys' : '        '}         ${key.padEnd(widest)}  ${does}`,
		),
		...(file === undefined ? [] : [`Leads are kept in ${file} (${leadCount} so far).`]),
		...(loopback ? [] : ['Everyone who can reach this machine can see the leads.']),
	].join('\n');
}

/**
 * Runs the command. Resolves with the exit code when there is nothing more to do, or with the running sandbox. The last
 * line it prints at the start begins with `Ready`.
 */
export async function runCli(terminal: Terminal): Promise<number | Sandbox> {
	const { print, printError } = terminal;
	if (terminal.args[0] === 'send-as') return await sendAs({ ...terminal, args: terminal.args.slice(1) });
	const command = readArguments(terminal.args, terminal.env);
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
	const { port, host, file } = settings;
	const onCall = settings.quiet ? undefined : (call: Call): void => print(callLine(call));
	try {
		const sandbox = await startSandbox({
			port,
			host,
			onNotice: printError,
			...(file !== undefined && { file }),
			...(onCall && { onCall }),
		});
		print(greeting(sandbox, settings));
		print(`Ready at ${sandbox.origin} (Ctrl-C stops it)`);
		return sandbox;
	} catch (error) {
		printError(startProblem(error, settings));
		return 1;
	}
}
