import type { Answer } from './answers';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

type Outgoing = HttpBindings['outgoing'];

/** Waits; `signal` ends the wait early. A test gives its own and waits for nothing. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

export const realDelay: Delay = (ms, signal) =>
	new Promise((resolve) => {
		const timer = setTimeout(resolve, ms);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			resolve();
		});
	});

/** Waits with an answer; true when the caller hung up meanwhile. */
export async function waitUnlessGone(ms: number, outgoing: Outgoing, delay: Delay): Promise<boolean> {
	const hangUp = new AbortController();
	const onClose = (): void => hangUp.abort();
	outgoing.once('close', onClose);
	await delay(ms, hangUp.signal);
	outgoing.off('close', onClose);
	return outgoing.destroyed || hangUp.signal.aborted;
}

/** Cuts the connection: at once, or after half of an answer whose length was promised. */
export function cutConnection(outgoing: Outgoing, answer: Answer | null): Response {
	const socket = outgoing.req.socket;
	if (answer === null) {
		socket.destroy();
		return RESPONSE_ALREADY_SENT;
	}
	const bytes = Buffer.from(answer.body);
	outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
	outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => socket.destroy());
	return RESPONSE_ALREADY_SENT;
}
