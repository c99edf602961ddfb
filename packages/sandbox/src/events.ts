import { maxUnsentEventBytes } from './bounds';
import type { ServerResponse } from 'node:http';

const heartbeatMs = 20_000;

/** Server-sent events to every page that is open. */
export interface Broadcast {
	/** Makes an answer an event stream, and greets it. */
	open(outgoing: ServerResponse): void;
	/** `data` is asked only when somebody listens. */
	send(event: string, data: () => unknown): void;
	close(): void;
}

const format = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** `greeting` is the first event of each stream: what a page needs to know whether it must load again. */
export function createBroadcast(greeting: () => unknown): Broadcast {
	const listeners = new Set<ServerResponse>();
	let heartbeat: NodeJS.Timeout | undefined;

	const drop = (outgoing: ServerResponse): void => {
		listeners.delete(outgoing);
		if (listeners.size === 0) clearInterval(heartbeat);
	};

	const write = (text: string): void => {
		for (const outgoing of listeners) {
			// A page that cannot keep up connects again and loads the list, which is less than what it missed.
			if (outgoing.writableLength > maxUnsentEventBytes) outgoing.destroy();
			else outgoing.write(text);
		}
	};

	return {
		open(outgoing) {
			outgoing.writeHead(200, {
				'content-type': 'text/event-stream; charset=utf-8',
				'cache-control': 'no-store',
				'x-content-type-options': 'nosniff',
				'x-accel-buffering': 'no',
			});
			outgoing.write(`retry: 1000\n${format('hello', greeting())}`);
			if (listeners.size === 0) heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs).unref();
			listeners.add(outgoing);
			outgoing.once('close', () => drop(outgoing));
		},
		send(event, data) {
			if (listeners.size > 0) write(format(event, data()));
		},
		close() {
			for (const outgoing of listeners) outgoing.end();
			clearInterval(heartbeat);
		},
	};
}
