import { parseArgs } from 'node:util';

export interface Settings {
	readonly port: number;
	readonly host: string;
	readonly file?: string;
	readonly quiet: boolean;
}

export type Arguments =
	| { readonly kind: 'help' }
	| { readonly kind: 'version' }
	| { readonly kind: 'start'; readonly settings: Settings }
	| { readonly kind: 'mistake'; readonly message: string };

const defaultPort = '4010';

const options = {
	port: { type: 'string' },
	host: { type: 'string' },
	file: { type: 'string' },
	quiet: { type: 'boolean' },
	help: { type: 'boolean', short: 'h' },
	version: { type: 'boolean', short: 'v' },
} as const;

export const helpText = `A stand-in for the iCloud-Ready lead API, with an inbox page. No account is needed, and no lead leaves this machine.

Usage: icloud-ready-sandbox [options]

  --port NUMBER   Where to listen (default ${defaultPort}, or SANDBOX_PORT; 0 takes any free port)
  --host NAME     Which address to listen on (default 127.0.0.1: this machine only)
  --file PATH     Keep the leads in this file, one JSON object on each line; without it they are gone at the end
  --quiet         Do not print a line for each call
  --help          Show this help
  --version       Show the version`;

const mistake = (message: string): Arguments => ({
	kind: 'mistake',
	message: `${message} Run icloud-ready-sandbox --help to see the options.`,
});

/** Reads the command line and the environment. */
export function readArguments(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Arguments {
	let values;
	try {
		({ values } = parseArgs({ args: [...args], options, allowPositionals: false }));
	} catch (error) {
		return mistake(optionMistake(error, args));
	}
	if (values.help) return { kind: 'help' };
	if (values.version) return { kind: 'version' };

	const port = values.port ?? (env['SANDBOX_PORT'] || defaultPort);
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
		return mistake(`The port must be a number from 0 to 65535, and "${port}" is none.`);
	for (const name of ['host', 'file'] as const)
		if (values[name]?.trim() === '') return mistake(`--${name} needs a value.`);
	const { host = '127.0.0.1', file, quiet = false } = values;
	return { kind: 'start', settings: { port: Number(port), host, quiet, ...(file !== undefined && { file }) } };
}

function optionMistake(error: unknown, args: readonly string[]): string {
	const { code = '', message: text = '' } = error as NodeJS.ErrnoException;
	const named = /'(-[^' ]+)/.exec(text)?.[1];
	if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${named ?? ''}.`;
	if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
		return `"${/'([^']*)'/.exec(text)?.[1] ?? args.join(' ')}" does not belong to an option.`;
	return named ? `The option ${named} was not given as it should be.` : 'The options could not be read.';
}
