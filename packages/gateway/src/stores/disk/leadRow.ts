import type { LeadRow, List } from '../../leads/leadQueue';
import type { AttemptResult, LeadState } from '../../leads/leadState';
import type { SealedEntry, SealedStore } from './sealedEntry';
import type { HoldReason } from '@icloud-ready/core';
import { arrivalOf, type Shelf } from '@icloud-ready/outbox';

/** The id that a lead's giver knows. */
export const publicIdOf = (id: string): string => String(arrivalOf(id));

/** `why`: what holds back leads of its account, where something does. */
export const leadStateOf = (
	shelf: Shelf,
	{ outcome, resolved }: SealedEntry,
	why: HoldReason | undefined,
): LeadState => {
	if (shelf === 'waiting' || shelf === 'sending') return { kind: shelf, ...(why === undefined ? {} : { why }) };
	return { kind: 'ended', outcome: outcome as AttemptResult | null, ...(resolved === undefined ? {} : { resolved }) };
};

/** A lead as the inbox shows it. */
export const leadRowOf = (entry: SealedEntry, list: List, why: HoldReason | undefined): LeadRow => {
	const { id, arrivedAtMs, endedAtMs, resolved, outcome } = entry;
	const { firstName, lastName, phone } = entry.payload.lead.leadInformation;
	return {
		id,
		publicId: publicIdOf(id),
		arrivedAtMs,
		name: [firstName, lastName].filter((name) => name !== undefined).join(' '),
		phone,
		outcome: outcome?.outcome ?? null,
		...(outcome === null ? {} : { sent: outcome as AttemptResult }),
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		...(list !== 'waiting' || why === undefined ? {} : { why }),
		...(resolved === undefined ? {} : { resolved }),
	};
};

/** Shelves by how likely a lead that is asked for stands there. */
const likeliest: readonly Shelf[] = ['sending', 'ended', 'waiting', 'unconfirmed'];

/** Where a lead stands, with its entry. Rejects where the store cannot be read. */
export const findEntry = async (
	store: Pick<SealedStore, 'get'>,
	id: string,
): Promise<{ readonly shelf: Shelf; readonly entry: SealedEntry } | undefined> => {
	// It may move to a shelf that was looked at before; not so twice in a row.
	for (const shelf of [...likeliest, ...likeliest]) {
		const entry = await store.get(shelf, id);
		if (entry !== undefined) return { shelf, entry };
	}
	return undefined;
};
