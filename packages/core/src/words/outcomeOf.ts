import type { OutcomeFacts, Verdict, Outcome } from '../outcome/outcome';
import { explain } from './words';

const noFacts: OutcomeFacts = {
	status: null,
	leadId: null,
	leadNumber: null,
	lead: null,
	message: '',
	hint: '',
	issues: [],
	warnings: [],
	attempts: 0,
	waitedMs: 0,
};

/** An outcome with its words; `facts` fill what is known of it. */
export const outcomeOf = (verdict: Verdict, facts: Partial<OutcomeFacts> = {}): Outcome => {
	const silent: Outcome = { ...noFacts, ...facts, ...verdict };
	return { ...silent, ...explain(silent) };
};

/** The outcome object that a host passes on: everything but what only the words needed. Issues keep field and message. */
export const outcomeObject = (outcome: Outcome): Readonly<Record<string, unknown>> => {
	const { outcome: kind, status, leadId, leadNumber, lead, message, hint, warnings, attempts, waitedMs } = outcome;
	const issues = outcome.issues.map(({ field, message: text }) => ({ field, message: text }));
	const shown = {
		outcome: kind,
		status,
		leadId,
		leadNumber,
		lead,
		message,
		hint,
		issues,
		warnings,
		attempts,
		waitedMs,
	};
	if (outcome.outcome !== 'dryRun') return shown;
	return { ...shown, request: outcome.request, ...(outcome.matched === undefined ? {} : { matched: outcome.matched }) };
};
