import { counted, explain, isFailure, type Outcome, outcomeKinds } from '../../../packages/core/src';
import type { Delivered } from '../send/deliver';

/** "97 created, 2 invalid, 1 unconfirmed", in the order of the outcome table. */
export const countOutcomes = (outcomes: readonly Outcome[]): string => {
	const counts = outcomeKinds.map(
		({ kind, label }) => [outcomes.filter(({ outcome }) => outcome === kind).length, label.toLowerCase()] as const,
	);
	const dryRuns = outcomes.filter(({ outcome }) => outcome === 'dryRun').length;
	const all = [...counts, [dryRuns, 'checked, nothing sent'] as const];
	return all
		.filter(([count]) => count > 0)
		.map(([count, name]) => `${count} ${name}`)
		.join(', ');
};

/** What became of the only lead, so that whoever tries the node sees that it worked, and on what; undefined: there are others. */
const onlyCreated = (outcomes: readonly Outcome[]): string | undefined => {
	const [only] = outcomes;
	if (outcomes.length !== 1 || only?.outcome !== 'created') return undefined;
	const told = [...(only.notes ?? []), ...only.warnings].map((text) => text.replace(/\.$/, ''));
	return [explain(only).message, told.join('. ')].filter((part) => part !== '').join(' ');
};

/** What else there is to say of a run. */
export interface RunNotes {
	/** Why items held nobody. */
	readonly noLeads: readonly string[];
	/** Leads that an earlier try of the run had finished. */
	readonly recalled: number;
	/** How long the API's limit held leads back. */
	readonly heldMs: number;
	readonly isRecordFaulty: boolean;
}

const faultyRecord = "n8n's record of earlier leads could not be used, so duplicates were not checked";

/** What a run has done, for the hint above its output. */
export const runSummary = (
	outcomes: readonly Outcome[],
	{ noLeads, recalled, heldMs, isRecordFaulty }: RunNotes,
): string => {
	const warnings = outcomes.reduce((sum, outcome) => sum + outcome.warnings.length, 0);
	const only = recalled === 0 ? onlyCreated(outcomes) : undefined;
	const ended = [countOutcomes(outcomes), ...(warnings === 0 ? [] : [counted(warnings, 'warning')])]
		.filter((part) => part !== '')
		.join(', ');
	const held = heldMs < 1000 ? '' : `waited ${Math.round(heldMs / 1000)} s for the rate limit`;
	const parts = [
		[only?.replace(/\.$/, '') ?? ended, held].filter((part) => part !== '').join('; '),
		recalled === 0
			? ''
			: `${counted(recalled, 'lead')} had already finished in an earlier attempt and ${recalled === 1 ? 'was' : 'were'} not sent again`,
		isRecordFaulty ? faultyRecord : '',
		noLeads.length === 0 ? '' : `${counted(noLeads.length, 'item')} without a lead: ${[...new Set(noLeads)].join(' ')}`,
	];
	return parts.filter((part) => part !== '').join('. ');
};

/** "1, 3 to 7, 9", counted from 1. */
export const itemRanges = (indexes: readonly number[]): string => {
	const ranges: [number, number][] = [];
	for (const number of [...new Set(indexes)].sort((one, other) => one - other).map((index) => index + 1)) {
		const last = ranges.at(-1);
		if (last !== undefined && number === last[1] + 1) last[1] = number;
		else ranges.push([number, number]);
	}
	return ranges.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(', ');
};

const mostNamed = 5;

/** What became of the other leads when one of them stops the run, for its error: none may be lost from sight. */
export const othersSummary = (all: readonly (Delivered | undefined)[], stopping: Delivered): string => {
	const others = all.filter((each) => each !== stopping);
	if (others.length === 0) return '';
	const ended = others.filter((each) => each !== undefined);
	const notStarted = others.length - ended.length;
	const counts = [
		countOutcomes(ended.map(({ outcome }) => outcome)),
		...(notStarted === 0 ? [] : [`${notStarted} not sent`]),
	];
	const named = ended
		.filter(({ outcome }) => isFailure(outcome))
		.map(({ itemIndex, outcome }) => `Item ${itemIndex + 1}: ${explain(outcome).message}`);
	const created = ended.filter(({ outcome }) => outcome.outcome === 'created').map(({ itemIndex }) => itemIndex);
	const which = created.length === 0 ? [] : [`Created: item ${itemRanges(created)}.`];
	return [
		`The other leads of this run: ${counts.filter((part) => part !== '').join(', ')}.`,
		...which,
		...named.slice(0, mostNamed),
	].join(' ');
};
