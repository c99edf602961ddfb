import { parseArgs } from 'node:util';
import * as z from 'zod/v4';

const named = (option: string) => z.string().refine((text) => text.trim() !== '', `--${option} needs a value.`);

const settingsSchema = z.object({
	port: z
		.string()
		.regex(/^\d{1,5}$/)
		.transform(Number)
		.pipe(z.number().max(65_535)),
	host: named('host').default('127.0.0.1'),
	file: named('file').optional(),
	quiet: z.boolean().default(false),
});

/** How the sandbox is started. */
export interface Settings {
	/** 0 to 65,535; 0 takes any free one. @default 4010 */
	readonly port: number;
	/** The address to listen on. @default '127.0.0.1' */
	readonly host: string;
	/** Where the leads are kept; without it they are gone at the end. */
	readonly file?: string;
	/** No line for each call. @default false */
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
       icloud-ready-sandbox send-as PLATFORM ADDRESS [--secret TEXT]   plays a platform's genuine call

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
	const checked = settingsSchema.safeParse({ ...values, port });
	if (!checked.success) {
		const [flaw] = checked.error.issues;
		return mistake(
			flaw?.path[0] === 'port' || flaw === undefined
				? `The port must be a number from 0 to 65535, and "${port}" is none.`
				: flaw.message,
		);
	}
	const { file, ...settings } = checked.data;
	return { kind: 'start', settings: { ...settings, ...(file !== undefined && { file }) } };
}

function optionMistake(error: unknown, args: readonly string[]): string {
	const { code = '', message: text = '' } = error as NodeJS.ErrnoException;
	const named = /'(-[^' ]+)/.exec(text)?.[1];
	if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${named ?? ''}.`;
	if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
		return `"${/'([^']*)'/.exec(text)?.[1] ?? args.join(' ')}" does not belong to an option.`;
	return named ? `The option ${named} was not given correctly.` : 'The options could not be read.';
}
