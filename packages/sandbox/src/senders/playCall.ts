import { genuineCall } from './genuineCall';
import { type Sender, senders, submissions } from './submissions';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/v4';

const isLoopback = (address: string): boolean => {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname } = new URL(address);
	return /^https?:$/.test(protocol) && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
};

/** Which platform is played, against which address of this machine, and with which secret. */
export const playedCallSchema = z.object({
	sender: z.enum(senders as readonly [Sender, ...Sender[]]),
	address: z.string().trim().max(2000).refine(isLoopback),
	secret: z.string().max(1000),
});
export type PlayedCall = z.infer<typeof playedCallSchema>;

/** What came back; `unreached`: nothing answers there. */
export type Played =
	| { readonly kind: 'answered'; readonly status: number; readonly text: string }
	| { readonly kind: 'unreached' };

const longestAnswer = 10_000;

/** One call of a made-up person, each time a new one, as the platform makes it. Never rejects. */
export const playCall = async ({ sender, address, secret }: PlayedCall): Promise<Played> => {
	const id = randomUUID();
	const phone = `+2010${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
	const payload = submissions[sender]({ firstName: 'Mona', lastName: 'Ali', phone }, id);
	const { headers, body } = genuineCall(sender, { payload, secret, nowMs: Date.now(), id });
	try {
		// A redirect could lead away from this machine, and no platform follows one.
		const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual' });
		return { kind: 'answered', status: answer.status, text: (await answer.text()).slice(0, longestAnswer) };
	} catch {
		return { kind: 'unreached' };
	}
};
