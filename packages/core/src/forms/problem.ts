import { type Outcome, outcomeOf } from '../outcome/outcome';
import { issueAt } from '../words/words';
import type { FormProblem } from './answer';

/**
 * A payload that holds no readable lead ends as `invalid`, with the remedy, so that it is accounted for like a lead.
 * `notALead` has no outcome: nobody was lost in it.
 */
export const problemOutcome = ({ kind, found = 'something else' }: FormProblem): Outcome | undefined => {
	if (kind === 'notALead') return undefined;
	const issue = issueAt('', kind === 'fetchFirst' ? { kind: 'fetchFirst' } : { kind: 'notALead', found });
	return outcomeOf({ outcome: 'invalid', cause: { kind: 'unreadable' } }, { issues: [issue] });
};
