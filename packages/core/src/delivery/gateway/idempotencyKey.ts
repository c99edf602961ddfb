import type { Connection } from '../../api/request';
import { textAnywhere } from '../../lead/dedupeKey';
import type { ReadyLead } from '../checkLead';
import type { Host } from '../host';
import type { Policy } from '../policy';

/** By what a gateway knows a lead again, as its `Idempotency-Key`. */
export interface IdempotencyKey {
	readonly text: string;
	/** Every machine with a lead of the same duplicate key makes the same one. */
	readonly isShared: boolean;
}

const draws = 5;

/** 160 bits of chance as hexadecimal text. */
const randomText = (random: () => number): string =>
	Array.from({ length: draws }, () =>
		Math.floor(random() * 2 ** 32)
			.toString(16)
			.padStart(8, '0'),
	).join('');

/**
 * The token of a lead, the same for each of its sendings. Where duplicates are always skipped it is a digest of the
 * duplicate key, so that any number of machines make one lead of it. A record of one run must not become one of all runs:
 * there, and where duplicates are wanted, each lead has its own. The API key keys the digest: phones are few enough to
 * be tried out against any digest that everybody can compute.
 */
export const idempotencyKeyOf = (
	{ key, queued }: Pick<ReadyLead, 'key' | 'queued'>,
	{ apiKey }: Pick<Connection, 'apiKey'>,
	{ duplicates }: Pick<Policy, 'duplicates'>,
	{ digest, random }: Pick<Host, 'digest' | 'random'>,
): IdempotencyKey => {
	const round = queued === undefined || queued.generation === 0 ? '' : `-${queued.generation}`;
	if (duplicates === 'always' && digest !== undefined && apiKey !== undefined)
		return { text: `${digest(textAnywhere(key), apiKey.trim())}${round}`, isShared: true };
	return { text: `${queued?.idempotencyKey ?? randomText(random)}${round}`, isShared: false };
};
