import { createHash } from 'node:crypto';

/** What happened in a run, line by line, and what it comes to as one number. */
export interface Trace {
	readonly say: (atMs: number, who: string, what: string) => void;
	readonly lines: readonly string[];
	/** Every line said so far, as a digest: two runs are the same where it is. */
	readonly digest: () => string;
}

const timeOf = (atMs: number): string => {
	const seconds = atMs / 1000;
	return `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${(seconds % 60).toFixed(3).padStart(6, '0')}`;
};

export const createTrace = (): Trace => {
	const said: (readonly [atMs: number, who: string, what: string])[] = [];
	let digest: string | undefined;
	return {
		say: (...line) => {
			if (digest === undefined) said.push(line);
		},
		get lines() {
			return said.map(([atMs, who, what]) => `${timeOf(atMs)} ${who.padEnd(8)} ${what}`);
		},
		digest: () =>
			(digest ??= createHash('sha256')
				.update(said.map((line) => line.join(' ')).join('\n'))
				.digest('hex')
				.slice(0, 16)),
	};
};
