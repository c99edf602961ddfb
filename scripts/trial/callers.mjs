/**
 * Callers as platforms are: they repeat what is not answered 2xx, and are cut off when whoever answers is killed. A person
 * does not repeat.
 */
import { posting } from './visits.mjs';

const atOnce = 10;
/** Platforms wait minutes after a 503; here so long, so that an expired key meets many repeats and not only those. */
const busyPauseMs = 500;

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const randomOf = (seed) => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
};

/** Calls until it is stopped or nothing is left. A call that met a closed port never began. `visit` is one call, by default a POST. */
export const createCallers = (url, { repeats, visit, ...target }, calls) => {
	const call = visit ?? posting(target);
	const left = Array.from({ length: calls }, (_, number) => number);
	const [answered, cut, statuses, unconfirmed] = [new Set(), [], {}, new Set()];
	const one = async (number) => {
		try {
			const { status, isTaken, text } = await call(url, number);
			statuses[status] = (statuses[status] ?? 0) + 1;
			if (text.includes('"unconfirmed"')) unconfirmed.add(number);
			// Neither host has such a route while its flows start.
			if (isTaken) answered.add(number);
			else if (repeats || status === 404) left.push(number);
			if (!isTaken) await pause(status >= 500 ? busyPauseMs : 50);
		} catch (error) {
			const neverBegan = error?.cause?.code === 'ECONNREFUSED';
			if (!neverBegan) cut.push(number);
			if (neverBegan || repeats) left.push(number);
			await pause(50);
		}
	};
	/** How many calls were answered by the flow, whatever it said. */
	const replies = () =>
		Object.entries(statuses).reduce((sum, [status, times]) => (status === '404' ? sum : sum + times), 0);
	const run = async (isOver) => {
		const caller = async () => {
			while (!isOver() && left.length > 0) await one(left.shift());
		};
		await Promise.all(Array.from({ length: atOnce }, caller));
	};
	return { run, left, answered, cut, statuses, unconfirmed, replies };
};

/** A time between both after a host first answers. */
const afterTime = async ({ random, windowMs: [firstMs, lastMs] }) =>
	await pause(firstMs + random() * (lastMs - firstMs));

/** When part of a life's share of the calls has been answered, and a moment later: on a busy machine it is slow to begin. */
export const afterReplies = async ({ random, callers, share }) => {
	const enough = callers.replies() + 1 + Math.floor(random() * share * 0.7);
	while (callers.replies() < enough) await pause(20);
	await pause(random() * 500);
};

/**
 * Calls through `kills` lives of a host, and a last one that is left alive. Each life gets its share of the calls, so that
 * every kill meets some; `when` resolves when it is to be killed. `begin(kill)` resolves when the host answers.
 */
export const callThroughKills = async ({ callers, calls, kills, random, windowMs, when = afterTime, begin, kill }) => {
	const share = calls / (kills + 1);
	for (let life = 0; life < kills; life++) {
		await begin(life);
		const isTime = when({ random, windowMs, callers, share });
		const keep = calls - share * (life + 1);
		let isDead = false;
		const running = callers.run(() => isDead || callers.left.length <= keep);
		await isTime;
		isDead = true;
		await kill();
		await running;
	}
	await begin(kills);
	await callers.run(() => false);
};
