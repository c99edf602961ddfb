import { connect, createServer, type Socket } from 'node:net';

/** A way to Redis that cuts, delays and loses, as a network or a failover does. */
export interface FaultyProxy {
	readonly url: string;
	/** Ends every connection; new ones are taken at once. */
	readonly cut: () => void;
	/** Ends every connection, and takes no new one for so long. */
	readonly closeFor: (ms: number) => void;
	/** What either side says arrives so much later, for so long. */
	readonly delayBy: (ms: number, forMs: number) => void;
	/** Commands arrive; their answers are lost for so long, and then every connection is. */
	readonly loseAnswersFor: (ms: number) => void;
	/** The next script with this text in it reaches Redis; its answer and every connection are lost, and none is taken for `forMs`. */
	readonly loseAnswerTo: (text: string, forMs: number) => void;
	/** No fault from here on. */
	readonly mend: () => void;
	readonly close: () => Promise<void>;
}

export const openFaultyProxy = async (port: number): Promise<FaultyProxy> => {
	const open = new Set<Socket>();
	let closedUntilMs = 0;
	let losesUntilMs = 0;
	let delay = { ms: 0, untilMs: 0 };
	let awaited: { readonly text: string; readonly forMs: number } | undefined;
	const cut = (): void => {
		for (const socket of open) socket.destroy();
	};
	/** Data keeps its order, as in any stream: what follows what is delayed waits for it. Two timers may swap. */
	const passOn = (to: Socket): ((data: Buffer) => void) => {
		const queue: { readonly atMs: number; readonly data: Buffer }[] = [];
		let isAsleep = false;
		const drain = (): void => {
			for (let next = queue[0]; next !== undefined && next.atMs <= performance.now(); next = queue[0]) {
				queue.shift();
				if (!to.destroyed) to.write(next.data);
			}
			const [next] = queue;
			if (next === undefined || isAsleep) return;
			isAsleep = true;
			setTimeout(
				() => {
					isAsleep = false;
					drain();
				},
				Math.max(1, next.atMs - performance.now()),
			);
		};
		return (data) => {
			const nowMs = performance.now();
			queue.push({ atMs: nowMs + (nowMs < delay.untilMs ? delay.ms : 0), data });
			drain();
		};
	};
	const server = createServer((client) => {
		if (performance.now() < closedUntilMs) return void client.destroy();
		const redis = connect(port, '127.0.0.1');
		for (const socket of [client, redis])
			open.add(
				socket
					.on('error', () => undefined)
					.on('close', () => {
						open.delete(socket);
						client.destroy();
						redis.destroy();
					}),
			);
		let isCutOnAnswer = false;
		let isDeaf = false;
		const ask = passOn(redis);
		client.on('data', (data) => {
			if (awaited !== undefined && data.includes(awaited.text) && /evalsha/i.test(data.toString('latin1'))) {
				closedUntilMs = performance.now() + awaited.forMs;
				awaited = undefined;
				isCutOnAnswer = true;
			}
			ask(data);
		});
		const answer = passOn(client);
		redis.on('data', (data) => {
			if (isCutOnAnswer) return cut();
			// A stream that lost something never goes on behind it: what came then would answer another question.
			isDeaf ||= performance.now() < losesUntilMs;
			if (!isDeaf) answer(data);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {
		url: `redis://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
		cut,
		closeFor: (ms) => {
			closedUntilMs = performance.now() + ms;
			cut();
		},
		delayBy: (ms, forMs) => {
			delay = { ms, untilMs: performance.now() + forMs };
		},
		loseAnswersFor: (ms) => {
			losesUntilMs = performance.now() + ms;
			setTimeout(cut, ms);
		},
		loseAnswerTo: (text, forMs) => {
			awaited = { text, forMs };
		},
		mend: () => {
			closedUntilMs = 0;
			losesUntilMs = 0;
			delay = { ms: 0, untilMs: 0 };
			// Answers that were lost leave a connection that waits for them.
			cut();
		},
		close: async () => {
			cut();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
};
