import { isFailure, type Outcome, outcomeKinds } from '../../../packages/core/src';

/** Where an outcome goes: to an output, or by the node's On Error setting. */
export type Place = { readonly kind: 'output'; readonly index: number } | { readonly kind: 'onError' };

/** What decides about the place, beside the outcome. */
export interface Routing {
	/** As an agent's tool only the first output is read, and nothing but its items reaches the agent. */
	readonly asTool: boolean;
	readonly perOutcome: boolean;
	/** Whether items on this output get anywhere. */
	readonly isWired: (outputIndex: number) => boolean;
}

const output = (index: number): Place => ({ kind: 'output', index });

/** The place of what was to be sent. A failure whose output leads nowhere follows On Error, so that no lead disappears. */
const placeOfSent = (outcome: Outcome, { asTool, perOutcome, isWired }: Routing): Place => {
	if (asTool || outcome.outcome === 'created' || outcome.outcome === 'dryRun') return output(0);
	if (!perOutcome) return isFailure(outcome) ? { kind: 'onError' } : output(0);
	const index = outcomeKinds.findIndex(({ kind }) => kind === outcome.outcome);
	return isFailure(outcome) && !isWired(index) ? { kind: 'onError' } : output(index);
};

/** The place of an outcome. In a dry run nothing is lost by one that is wrong, so that it stands among the others and stops nothing. */
export const placeOf = (
	{ outcome, dryRun }: { readonly outcome: Outcome; readonly dryRun: boolean },
	routing: Routing,
): Place => {
	const place = placeOfSent(outcome, routing);
	return dryRun && place.kind === 'onError' ? output(0) : place;
};
