import { options } from './options';
import { parseArgs } from 'node:util';

/** The texts on a command line by the names of their options, or what is wrong with it in words. */
export type CommandLine =
	| { readonly kind: 'help' | 'version' }
	| { readonly kind: 'values'; readonly values: ReadonlyMap<string, string> }
	| { readonly kind: 'mistake'; readonly message: string };

const mistakeOf = (error: unknown, args: readonly string[]): string => {
	const { code = '', message = '' } = error as NodeJS.ErrnoException;
	const named = /'(-[^' ]+)/.exec(message)?.[1];
	if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${named ?? ''}.`;
	if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
		return `"${/'([^']*)'/.exec(message)?.[1] ?? args.join(' ')}" does not belong to an option.`;
	return named === undefined ? 'The options could not be read.' : `The option ${named} was not given correctly.`;
};

export const readCommandLine = (args: readonly string[]): CommandLine => {
	const flag = { type: 'boolean' as const };
	const known = Object.fromEntries(
		options.map(({ name, isFlag }) => [name, isFlag === true ? flag : { type: 'string' as const }]),
	);
	try {
		const { values } = parseArgs({
			args: [...args],
			options: { ...known, help: flag, version: flag },
			allowPositionals: false,
		});
		const given = new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
		if (given.has('help')) return { kind: 'help' };
		return given.has('version') ? { kind: 'version' } : { kind: 'values', values: given };
	} catch (error) {
		return { kind: 'mistake', message: mistakeOf(error, args) };
	}
};
