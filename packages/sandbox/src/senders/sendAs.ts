import { genuineCall } from './genuineCall';
import { type Sender, senders, submissions } from './submissions';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import * as z from 'zod/v4';

const usage = `Usage: icloud-ready-sandbox send-as PLATFORM ADDRESS [--secret TEXT]

Plays a genuine call of a platform against an address on this machine.
Platforms: ${senders.join(', ')}`;

const isLoopback = (address: string): boolean => {
	const host = URL.canParse(address) ? new URL(address).hostname : '';
	return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(host);
};

const schema = z.object({
	sender: z.enum(senders as readonly [Sender, ...Sender[]]),
	address: z.string().refine(isLoopback),
	secret: z.string(),
});

/** What the command needs of the process. */
interface Terminal {
	readonly args: readonly string[];
	readonly print: (text: string) => void;
	readonly printError: (text: string) => void;
}

const readArguments = (args: readonly string[]): z.infer<typeof schema> | undefined => {
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
			options: { secret: { type: 'string', default: '' } },
			allowPositionals: true,
		});
		const [sender, address, ...more] = positionals;
		return more.length > 0 ? undefined : schema.safeParse({ sender, address, secret: values.secret }).data;
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
	const { sender, address, secret } = given;
	const id = randomUUID();
	const phone = `+2010${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
	const payload = submissions[sender]({ firstName: 'Mona', lastName: 'Ali', phone }, id);
	const { headers, body } = genuineCall(sender, { payload, secret, nowMs: Date.now(), id });
	try {
		const answer = await fetch(address, { method: 'POST', headers, body });
		print(`${answer.status} ${await answer.text()}`);
		return answer.ok ? 0 : 1;
	} catch {
		printError(`Nothing answers at ${address}. Start Node-RED, or check the port.`);
		return 1;
	}
};
