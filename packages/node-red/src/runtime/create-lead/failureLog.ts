/** Failures that nobody listens to, for the log: a list of thousands must not fill it with as many lines. */
export interface FailureLog {
	readonly add: (words: string) => void;
	/** Says what is still to be said. */
	readonly stop: () => void;
}

/** So many in a while stand in the log one by one; what comes on top of them is counted and told at the end of the while. */
const [mostOneByOne, everyMs] = [10, 10_000];
const mostReasons = 5;

const counted = (counts: ReadonlyMap<string, number>): string => {
	const reasons = [...counts].sort(([, one], [, other]) => other - one);
	const all = reasons.reduce((sum, [, count]) => sum + count, 0);
	const named = reasons.slice(0, mostReasons).map(([words, count]) => `${count} × ${words}`);
	const others = reasons.slice(mostReasons).reduce((sum, [, count]) => sum + count, 0);
	return `${all} more leads ended like this: ${[...named, ...(others === 0 ? [] : [`${others} × something else.`])].join(' ')}`;
};

export const createFailureLog = (log: (text: string) => void): FailureLog => {
	let oneByOne = 0;
	const counts = new Map<string, number>();
	let timer: ReturnType<typeof setTimeout> | undefined;

	const tell = (): void => {
		if (counts.size > 0) log(counted(counts));
		counts.clear();
		oneByOne = 0;
	};
	const waitAWhile = (): void => {
		timer = setTimeout(() => {
			timer = undefined;
			const isBusy = counts.size > 0;
			tell();
			if (isBusy) waitAWhile();
		}, everyMs);
		timer.unref();
	};

	return {
		add: (words) => {
			if (timer === undefined) waitAWhile();
			if (oneByOne < mostOneByOne) {
				oneByOne++;
				log(words);
				return;
			}
			// Whoever makes up a thousand different refusals fills neither the log nor the memory.
			const reason = counts.has(words) || counts.size < 100 ? words : 'Something else.';
			counts.set(reason, (counts.get(reason) ?? 0) + 1);
		},
		stop: () => {
			clearTimeout(timer);
			timer = undefined;
			tell();
		},
	};
};
