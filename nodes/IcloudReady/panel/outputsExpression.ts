import { outcomeKinds } from '../../../packages/core/src';
import type { ExpressionString } from 'n8n-workflow';

const perOutcome = JSON.stringify(outcomeKinds.map(({ label }) => ({ type: 'main', displayName: label })));

/** One output, or one for each outcome in the order of the outcome table; n8n works it out whenever the panel changes. */
export const outputsExpression: ExpressionString = `={{ $parameter["outputPerOutcome"] ? ${perOutcome} : [{"type":"main"}] }}`;
