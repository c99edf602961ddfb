import type { Outcome } from '@icloud-ready/core';
import type { NodeStatus } from 'node-red';

/** What a node has done since it was deployed. */
export interface Tally {
	readonly sending: number;
	readonly created: number;
	readonly last: Outcome | undefined;
	/** How long the API's limit holds leads back, in ms. */
	readonly heldMs: number;
	/** The record of created leads is wanted and cannot be used. */
	readonly recordFault: boolean;
}

export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** The line under a create-lead node: what is under way, else what was done, else what last went wrong. */
export const statusOf = ({ sending, created, last, heldMs, recordFault }: Tally, translate: Translate): NodeStatus => {
	if (recordFault) return { fill: 'red', shape: 'ring', text: translate('status.noRecord') };
	if (sending > 0 && heldMs >= 500) return { fill: 'yellow', shape: 'ring', text: translate('status.waiting', { count: created, seconds: Math.ceil(heldMs / 1000) }) };
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
			return { fill: 'red', shape: 'dot', text: translate('status.invalid') };
		case 'unconfirmed':
			return { fill: 'red', shape: 'dot', text: translate('status.unconfirmed') };
		case 'failed':
			return { fill: 'red', shape: 'dot', text: translate('status.failed') };
	}
};
