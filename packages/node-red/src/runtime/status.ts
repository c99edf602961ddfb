import type { Outcome } from '@icloud-ready/core';
import type { NodeStatus } from 'node-red';

/** What a node has done since it was deployed. */
export interface Tally {
	readonly sending: number;
	readonly created: number;
	readonly last: Outcome | undefined;
}

type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** The line under a create-lead node: what is under way, else what was done, else what last went wrong. */
export const statusOf = ({ sending, created, last }: Tally, translate: Translate): NodeStatus => {
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
