import type { Routing } from '../config/createLeadSettings';
import { isFailure, type Outcome, outcomeKinds } from '@icloud-ready/core';

export type Route = { readonly to: 'output'; readonly index: number } | { readonly to: 'catch' };

const outputOf = ({ outcome }: Outcome, routing: Routing): number => {
	if (outcome === 'created' || outcome === 'dryRun' || routing === 'catch') return 0;
	return routing === 'pair' ? 1 : outcomeKinds.findIndex(({ kind }) => kind === outcome);
};

/**
 * Where an outcome goes. A failure goes to an output or to Catch, never to both; one whose output nobody listens to goes
 * to Catch, so that it cannot vanish. `isWired` tells of an output whether a running node is behind it.
 */
export const routeOf = (outcome: Outcome, routing: Routing, isWired: (index: number) => boolean): Route => {
	const index = outputOf(outcome, routing);
	if (!isFailure(outcome)) return { to: 'output', index };
	return routing === 'catch' || !isWired(index) ? { to: 'catch' } : { to: 'output', index };
};
