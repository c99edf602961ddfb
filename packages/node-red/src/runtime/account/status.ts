import type { OutboxState } from '../outbox/accountOutboxState';
import { fieldAt, type HoldReason, type Outcome } from '@icloud-ready/core';
import type { NodeStatus } from 'node-red';

/** What a node has done since it was deployed. */
export interface Tally {
	readonly sending: number;
	readonly created: number;
	readonly last: Outcome | undefined;
	/** How long the API's limit holds leads back, in ms. */
	readonly heldMs: number;
	/** What the account's outbox keeps, where it has one. */
	readonly outbox: OutboxState | undefined;
	/** The record of created leads is wanted and cannot be used. */
	readonly recordFault: boolean;
}

export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** The status of what keeps every lead of a node from being sent, where it is neither the key nor a field of the account. */
export const flawKey = (outcome: Outcome | undefined): 'variable' | 'nodeVersion' | undefined => {
	if (outcome?.outcome !== 'failed') return undefined;
	if (outcome.cause.kind === 'variable') return 'variable';
	return outcome.cause.kind === 'notConfigured' && outcome.cause.missing === 'nodeVersion' ? 'nodeVersion' : undefined;
};

/** A person must do something about these; the others pass by themselves. */
const needsPerson: ReadonlySet<HoldReason> = new Set<HoldReason>(['key', 'organization', 'disk']);

/** What an outbox has to say before anything else; undefined where nothing waits and it works. */
const outboxStatus = (
	{ counts, held, isAccountUnusable, damaged, isBroken, notLeaving }: OutboxState,
	translate: Translate,
): NodeStatus | undefined => {
	const count = counts.waiting + counts.sending;
	if (isBroken) return { fill: 'red', shape: 'ring', text: translate('status.outboxBroken') };
	if (damaged !== undefined)
		return { fill: 'red', shape: 'ring', text: translate('status.outboxDamaged', { count: damaged }) };
	if (count === 0)
		return counts.unconfirmed === 0
			? undefined
			: { fill: 'red', shape: 'dot', text: translate('status.outboxUnconfirmed', { count: counts.unconfirmed }) };
	if (notLeaving !== undefined) return { fill: 'red', shape: 'ring', text: translate('status.notLeaving', { count }) };
	if (held === undefined) return { fill: 'yellow', shape: 'dot', text: translate('status.outbox', { count }) };
	return {
		fill: needsPerson.has(held) ? 'red' : 'yellow',
		shape: 'ring',
		text: translate(`status.held.${isAccountUnusable === true ? 'account' : held}`, { count }),
	};
};

/** Which field is at fault, where it is one of the catalog; the sentence with all of it is in the outcome. */
const invalidText = ({ issues }: Outcome, translate: Translate): string => {
	const [first] = issues;
	const field = first === undefined ? undefined : fieldAt(first.field);
	if (first === undefined || field === undefined) return translate('status.invalid');
	return translate(first.problem.kind === 'missing' ? 'status.missing' : 'status.wrong', {
		field: translate(`field.${field.name}.label`),
	});
};

/** The line under a create-lead node: what is under way, else what was done, else what last went wrong. */
export const statusOf = (
	{ sending, created, last, heldMs, outbox, recordFault }: Tally,
	translate: Translate,
): NodeStatus => {
	if (recordFault) return { fill: 'red', shape: 'ring', text: translate('status.noRecord') };
	const kept = outbox === undefined ? undefined : outboxStatus(outbox, translate);
	if (kept !== undefined) return kept;
	if (sending > 0 && heldMs >= 500)
		return {
			fill: 'yellow',
			shape: 'ring',
			text: translate('status.waiting', { count: created, seconds: Math.ceil(heldMs / 1000) }),
		};
	if (sending > 0) return { fill: 'blue', shape: 'dot', text: translate('status.sending', { count: sending }) };
	switch (last?.outcome) {
		case undefined:
			return {};
		case 'created':
			return { fill: 'green', shape: 'dot', text: translate('status.created', { count: created }) };
		case 'duplicate':
			return { fill: 'grey', shape: 'dot', text: translate('status.duplicate') };
		case 'dryRun':
			return { fill: 'grey', shape: 'ring', text: translate('status.dryRun') };
		case 'unauthorized':
			return { fill: 'red', shape: 'ring', text: translate('status.unauthorized') };
		case 'forbidden':
			return { fill: 'red', shape: 'ring', text: translate('status.forbidden') };
		case 'rateLimited':
			return { fill: 'yellow', shape: 'ring', text: translate('status.rateLimited') };
		case 'invalid':
			return { fill: 'red', shape: 'dot', text: invalidText(last, translate) };
		case 'unconfirmed':
			return { fill: 'red', shape: 'dot', text: translate('status.unconfirmed') };
		case 'failed':
			if (flawKey(last) !== undefined)
				return { fill: 'red', shape: 'ring', text: translate(`status.${flawKey(last)}`) };
			return { fill: 'red', shape: 'dot', text: translate('status.failed') };
	}
};
