import { playCall, type PlayedCall, playedCallSchema } from './playCall';
import { senders } from './submissions';
import { parseArgs } from 'node:util';

const usage = `Usage: icloud-ready-sandbox send-as PLATFORM ADDRESS [--secret TEXT]

Plays a genuine call of a platform against an address on this machine.
Platforms: ${senders.join(', ')}`;

/** What the command needs of the process. */
interface Terminal {
	readonly args: readonly string[];
	readonly print: (text: string) => void;
	readonly printError: (text: string) => void;
}

const readArguments = (args: readonly string[]): PlayedCall | undefined => {
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
			options: { secret: { type: 'string', default: '' } },
			allowPositionals: true,
		});
		const [sender, address, ...more] = positionals;
		return more.length > 0 ? undefined : playedCallSchema.safeParse({ sender, address, secret: values.secret }).data;
	} catch {
		return undefined;
	}
};

/** `send-as`: one call of a made-up person, each time a new one. Resolves with the exit code. */
export const sendAs = async ({ args, print, printError }: Terminal): Promise<number> => {
	const given = readArguments(args);
	if (given === undefined) {
		printError(usage);
		return 1;
	}
	const played = await playCall(given);
	if (played.kind === 'unreached') {
		printError(`Nothing answers at ${given.address}. Start Node-RED, or check the port.`);
		return 1;
	}
	print(`${played.status} ${played.text}`);
	return played.status >= 200 && played.status < 300 ? 0 : 1;
};
