import { type Outcome, outcomeKinds } from '../../packages/core/src';
import type { Delivered } from './deliver';
import { isFailure } from './route';

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const nameOf = (label: string): string => label.replace(/ \(\d+\)$/, '').toLowerCase();

/** "97 created, 2 invalid, 1 unconfirmed", in the order of the outcome table. */
export const countOutcomes = (outcomes: readonly Outcome[]): string => {
	const counts = outcomeKinds.map(({ kind, label }) => [outcomes.filter(({ outcome }) => outcome === kind).length, nameOf(label)] as const);
	const dryRuns = outcomes.filter(({ outcome }) => outcome === 'dryRun').length;
	const all = [...counts, [dryRuns, 'tried without sending'] as const];
	return all.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`).join(', ');
};

/** What a run has done, for the hint above its output; `noLeads` are the reasons why items held nobody. */
export const runSummary = (outcomes: readonly Outcome[], noLeads: readonly string[]): string => {
	const warnings = outcomes.reduce((sum, outcome) => sum + outcome.warnings.length, 0);
	const counts = [countOutcomes(outcomes), ...(warnings === 0 ? [] : [plural(warnings, 'warning')])].filter((part) => part !== '');
	const none = noLeads.length === 0 ? [] : [`${plural(noLeads.length, 'item')} without a lead: ${[...new Set(noLeads)].join(' ')}`];
	return [...(counts.length === 0 ? [] : [counts.join(', ')]), ...none].join('. ');
};

const mostNamed = 5;

/** What became of the other leads when one of them stops the run, for its error: none may be lost from sight. */
export const othersSummary = (all: readonly (Delivered | undefined)[], stopping: Delivered): string => {
	const others = all.filter((each) => each !== stopping);
	if (others.length === 0) return '';
	const ended = others.filter((each) => each !== undefined);
	const notStarted = others.length - ended.length;
	const counts = [countOutcomes(ended.map(({ outcome }) => outcome)), ...(notStarted === 0 ? [] : [`${notStarted} not sent`])];
	const named = ended.filter(({ outcome }) => isFailure(outcome)).map(({ itemIndex, outcome }) => `Item ${itemIndex + 1}: ${outcome.message}`);
	return [`The other leads of this run: ${counts.filter((part) => part !== '').join(', ')}.`, ...named.slice(0, mostNamed)].join(' ');
};
