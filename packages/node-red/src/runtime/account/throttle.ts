/** Runs something at once, and however often it is asked for again, no more than once in a while after that. */
export interface Throttle {
	readonly run: () => void;
	readonly stop: () => void;
}

export const createThrottle = (everyMs: number, work: () => void): Throttle => {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isAsked = false;
	let isStopped = false;
	const run = (): void => {
		if (isStopped) return;
		isAsked = timer !== undefined;
		if (isAsked) return;
		timer = setTimeout(() => {
			timer = undefined;
			if (isAsked) run();
		}, everyMs);
		// Nobody needs to see it once everything else is over.
		timer.unref();
		work();
	};
	return {
		run,
		stop: () => {
			isStopped = true;
			clearTimeout(timer);
		},
	};
};
