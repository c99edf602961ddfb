import { accountOfId } from '../../leads/accounts';
import type { LeadDetail, LeadRow } from '../../leads/leadQueue';
import type { AttemptResult, LeadState } from '../../leads/leadState';
import { readBody } from '../../leads/submittedLead';
import type { SealedEntry, SealedStore } from './sealedEntry';
import type { HoldReason } from '@icloud-ready/core';
import { arrivalOf, type Shelf, sourceOf } from '@icloud-ready/outbox';

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

/** The organization that the API says it created the lead in. */
const realmIdOf = (sent: AttemptResult | null): string | undefined => {
	const realmId = readBody(sent?.reply?.body ?? '')?.realmId;
	return sent?.outcome === 'created' && typeof realmId === 'string' && realmId !== '' ? realmId : undefined;
};

/** A lead as the inbox shows it. */
export const leadRowOf = (entry: SealedEntry, list: Shelf, why: HoldReason | undefined): LeadRow => {
	const { id, arrivedAtMs, endedAtMs, resolved, outcome, correctedBy, payload } = entry;
	const { firstName, lastName, phone, email = '' } = payload.lead.leadInformation;
	const sent = outcome as AttemptResult | null;
	const organizationId = payload.organizationId ?? realmIdOf(sent);
	return {
		id,
		publicId: publicIdOf(id),
		arrivedAtMs,
		name: [firstName, lastName].filter((name) => name !== undefined).join(' '),
		phone,
		email,
		source: sourceOf(entry),
		organization: accountOfId(entry.partition).organization,
		...(organizationId === undefined ? {} : { organizationId }),
		outcome: outcome?.outcome ?? null,
		...(sent === null ? {} : { sent }),
		...(endedAtMs === undefined ? {} : { endedAtMs }),
		...(list !== 'waiting' || why === undefined ? {} : { why }),
		...(resolved === undefined ? {} : { resolved }),
		...(correctedBy === undefined ? {} : { isCorrected: true }),
	};
};

/** All that is kept of a lead. */
export const leadDetailOf = (entry: SealedEntry, shelf: Shelf, why: HoldReason | undefined): LeadDetail => {
	const { arrivedAtMs, againAtMs = 0, attemptedAtMs, earlier = [], correctionOf, correctedBy, payload } = entry;
	return {
		list: shelf,
		row: leadRowOf(entry, shelf, why),
		body: payload.body,
		sinceMs: Math.max(arrivedAtMs, againAtMs),
		earlier,
		...(attemptedAtMs === undefined ? {} : { attemptedAtMs }),
		...(correctionOf === undefined ? {} : { correctionOf }),
		...(correctedBy === undefined ? {} : { correctedBy }),
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
