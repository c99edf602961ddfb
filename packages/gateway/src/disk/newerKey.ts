import { arrivalOf, type EntryStore, type Outbox, organizationOf, shelves } from '@icloud-ready/outbox';
import { type Account, accountOfId, type Credentials, type Secrets } from '../secrets';
import { withCredentials } from './sealedEntry';

interface Means {
	readonly store: EntryStore;
	readonly outbox: Pick<Outbox, 'change' | 'release' | 'held'>;
	readonly secrets: Secrets;
	readonly onLetGo: (count: number) => void;
}

/**
 * Leads whose key is refused go with a newer key of their organization. Newer is a key whose first lead came after theirs:
 * one that was there before belongs to somebody else, and who goes on with a revoked key must not be let in by another's.
 */
export interface NewerKey {
	/** The leads of this account are refused. */
	readonly refused: (account: Account) => void;
	readonly passed: (account: Account) => void;
	/** This key works, and the API said that it is this organization's. */
	readonly works: (account: Account, credentials: Credentials) => Promise<void>;
}

export const createNewerKey = ({ store, outbox, secrets, onLetGo }: Means): NewerKey => {
	const refused = new Set<string>();
	const firstOf = new Map<string, number>();
	let underWay: Promise<void> = Promise.resolve();

	const firstArrival = async (accountId: string): Promise<number> => {
		const known = firstOf.get(accountId);
		if (known !== undefined) return known;
		let first = Number.POSITIVE_INFINITY;
		for (const shelf of shelves) {
			for await (const ids of store.ids(shelf)) {
				const own = ids.find((id) => organizationOf(id) === accountId);
				if (own === undefined) continue;
				first = Math.min(first, arrivalOf(own));
				break;
			}
		}
		firstOf.set(accountId, first);
		return first;
	};

	const letGo = async ({ id: newer, organization, group }: Account, credentials: Credentials): Promise<void> => {
		const held = new Set([...refused].filter((id) => accountOfId(id).organization === organization && accountOfId(id).group !== group && outbox.held(id) === 'key'));
		if (held.size === 0) return;
		const first = await firstArrival(newer);
		let count = 0;
		const changed = new Set<string>();
		for await (const ids of store.ids('waiting')) {
			const earlier = ids.filter((id) => arrivalOf(id) < first);
			for (const id of earlier) {
				const accountId = organizationOf(id);
				if (!held.has(accountId) || !(await outbox.change(id, (entry) => withCredentials(entry, credentials, secrets)))) continue;
				changed.add(accountId);
				count++;
			}
			if (earlier.length < ids.length) break;
		}
		for (const accountId of changed) {
			refused.delete(accountId);
			outbox.release(accountId);
		}
		if (count > 0) onLetGo(count);
	};

	return {
		refused: ({ id }) => { refused.add(id); },
		passed: ({ id }) => { refused.delete(id); },
		works: async (account, credentials) => {
			if (refused.size === 0) return;
			underWay = underWay.then(async () => await letGo(account, credentials)).catch(() => undefined);
			await underWay;
		},
	};
};
