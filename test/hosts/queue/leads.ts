import type { Sandbox } from '../../../packages/sandbox/src';

export interface FormLead {
	readonly name: string;
	readonly phone: string;
}

/** Leads that nobody else has; `series` keeps those of one test apart from those of another. */
export const leadsOf = (count: number, series: number): readonly FormLead[] =>
	Array.from({ length: count }, (_, index) => ({
		name: 'Mona',
		phone: `+2010${series}${String(index).padStart(7, '0')}`,
	}));

/** How an item that the node gave ended. */
export const outcomeOf = (json: Readonly<Record<string, unknown>>): string =>
	json._id === undefined
		? String(json.outcome ?? (json.details as { outcome?: unknown } | undefined)?.outcome)
		: 'created';

/** How many times each phone was created at the API. */
export const createdTimes = ({ leads }: Sandbox): ReadonlyMap<string, number> => {
	const times = new Map<string, number>();
	for (const { leadInformation } of leads) {
		const phone = String(leadInformation.phone);
		times.set(phone, (times.get(phone) ?? 0) + 1);
	}
	return times;
};

export const tally = (words: readonly string[]): Readonly<Record<string, number>> =>
	Object.fromEntries([...new Set(words)].sort().map((word) => [word, words.filter((each) => each === word).length]));

export const print = (text: string): void => {
	process.stdout.write(`${text}\n`);
};
