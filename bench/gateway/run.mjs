import { createTimeline } from './timeline.mjs';

/** What the nodes allow a lead by default. */
const usualTries = 5;
/** How long a waiting lead sleeps at most before it looks again, as the core's turns do. */
const longestNapMs = 1000;
const retryAfterMs = 1000;

/** Chance that is the same in every run. */
const createRandom = () => {
	let seed = 7;
	return () => {
		seed = (seed * 16_807) % 2_147_483_647;
		return seed / 2_147_483_647;
	};
};

/** A limit as APIs have it: a bucket that holds a second's leads and fills evenly. */
const createApi = (perSecond, now) => {
	let tokens = perSecond;
	let lastMs = 0;
	return () => {
		tokens = Math.min(perSecond, tokens + ((now() - lastMs) * perSecond) / 1000);
		lastMs = now();
		if (tokens < 1) return false;
		tokens--;
		return true;
	};
};

/**
 * Sends leads that are all there at the start, through senders that each have `lanes` on their way at once and a pace of
 * their own, and draw from one queue. One sender is the gateway; 50 are 50 workers without one. `pace`: the core's.
 */
export const runLeads = (pace, { leads, perSecond, senders, lanes }) => {
	const time = createTimeline();
	const random = createRandom();
	const lets = createApi(perSecond, time.now);
	let given = 0;
	let [created, requests, refused, beyondUsualTries, endedAtMs] = [0, 0, 0, 0, 0];

	const startSender = () => {
		let mine = pace.initialLimiter(0);
		const line = [];
		let napping = false;

		/** Whoever came first to this sender's line leaves first, as soon as the pace lets it. */
		const serve = () => {
			while (!napping && line.length > 0) {
				const turn = pace.acquire(mine, time.now());
				if (turn.kind === 'wait') {
					napping = true;
					time.in(Math.min(longestNapMs, Math.ceil(turn.inMs)), () => {
						napping = false;
						serve();
					});
					return;
				}
				mine = turn.state;
				line.shift()();
			}
		};
		const takeTurn = (go) => {
			line.push(go);
			serve();
		};
		const send = (tries, done) => {
			const leftAtMs = time.now();
			const halfWayMs = 5 + random() * 10;
			requests++;
			time.in(halfWayMs, () => {
				const isIn = lets();
				time.in(halfWayMs, () => {
					if (isIn) {
						mine = pace.onSuccess(mine, time.now());
						if (tries > usualTries) beyondUsualTries++;
						return done();
					}
					refused++;
					mine = pace.onThrottled(mine, leftAtMs, retryAfterMs, time.now());
					time.in(retryAfterMs, () => takeTurn(() => send(tries + 1, done)));
				});
			});
		};
		const next = () => {
			if (given === leads) return;
			given++;
			takeTurn(() =>
				send(1, () => {
					created++;
					endedAtMs = time.now();
					next();
				}),
			);
		};
		for (let lane = 0; lane < lanes; lane++) next();
	};
	for (let sender = 0; sender < senders; sender++) startSender();
	time.run();
	return { created, requests, refused, beyondUsualTries, seconds: endedAtMs / 1000 };
};
