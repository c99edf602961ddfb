import { type Account, accountOfId, type Credentials, type Secrets } from '../../leads/accounts';
import { createLruMap } from '../../leads/lruMap';
import { type SealedLead, type SealedStore, withCredentials } from './sealedEntry';
import { arrivalOf, type Outbox, partitionOf, shelves } from '@icloud-ready/outbox';

interface Means {
	readonly store: Pick<SealedStore, 'ids'>;
	readonly outbox: Pick<Outbox<SealedLead>, 'change' | 'release' | 'holdReason'>;
	readonly secrets: Secrets;
	/** Whether a lead of this account was ever accepted. */
	readonly isVerified: (accountId: string) => boolean;
	readonly onAdopted: (count: number) => void;
}

const mostAccounts = 10_000;

/**
 * Leads whose key is refused, and was accepted before, go with a newer key of their organization. Newer is a key whose first lead came after theirs:
 * one that was there before belongs to somebody else, and who goes on with a revoked key must not be let in by another's.
 */
export interface NewerKey {
	/** The leads of this account are refused. */
	readonly refused: (account: Account) => void;
	readonly passed: (account: Account) => void;
	/** This key works, and the API said that it is this organization's. */
	readonly works: (account: Account, credentials: Credentials) => Promise<void>;
}

export const createNewerKey = ({ store, outbox, secrets, isVerified, onAdopted }: Means): NewerKey => {
	/** Accounts by their organization. A key that was never accepted may be anybody's, and is not among them. */
	const refused = new Map<string, Set<string>>();
	const forget = (accountId: string): void => {
		const { organization } = accountOfId(accountId);
		const accounts = refused.get(organization);
		accounts?.delete(accountId);
		if (accounts?.size === 0) refused.delete(organization);
	};
	const firstOf = createLruMap<number>(mostAccounts);
	let underWay: Promise<void> = Promise.resolve();

	const firstArrival = async (accountId: string): Promise<number> => {
		const known = firstOf.get(accountId);
		if (known !== undefined) return known;
		let first = Number.POSITIVE_INFINITY;
		for (const shelf of shelves) {
			for await (const ids of store.ids(shelf)) {
				const own = ids.find((id) => partitionOf(id) === accountId);
				if (own === undefined) continue;
				first = Math.min(first, arrivalOf(own));
				break;
			}
		}
		firstOf.set(accountId, first);
		return first;
	};

	const adoptLeads = async ({ id: newer, organization, group }: Account, credentials: Credentials): Promise<void> => {
		const held = new Set(
			[...(refused.get(organization) ?? [])].filter(
				(id) => accountOfId(id).group !== group && isVerified(id) && outbox.holdReason(id) === 'key',
			),
		);
		if (held.size === 0) return;
		const first = await firstArrival(newer);
		let count = 0;
		const changed = new Set<string>();
		for await (const ids of store.ids('waiting')) {
			const earlier = ids.filter((id) => arrivalOf(id) < first);
			for (const id of earlier) {
				const accountId = partitionOf(id);
				if (!held.has(accountId) || !(await outbox.change(id, (entry) => withCredentials(entry, credentials, secrets))))
					continue;
				changed.add(accountId);
				count++;
			}
			if (earlier.length < ids.length) break;
		}
		for (const accountId of changed) {
			forget(accountId);
			outbox.release(accountId);
		}
		if (count > 0) onAdopted(count);
	};

	return {
		refused: ({ id, organization }) => {
			if (isVerified(id)) refused.set(organization, (refused.get(organization) ?? new Set()).add(id));
		},
		passed: ({ id }) => forget(id),
		works: async (account, credentials) => {
			if (!refused.has(account.organization)) return;
			underWay = underWay.then(async () => await adoptLeads(account, credentials)).catch(() => undefined);
			await underWay;
		},
	};
};
