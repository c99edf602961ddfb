import { type Account, accountOfId, type Secrets } from '../../leads/accounts';
import type { AttemptResult } from '../../leads/leadState';
import { isOfOrganization } from '../../leads/queueOptions';
import type { SealedStore } from './sealedEntry';
import * as z from 'zod/v4';

interface Means {
	readonly store: Pick<SealedStore, 'write' | 'notes' | 'list'>;
	readonly secrets: Secrets;
	readonly now: () => number;
	/** A lead of this account was accepted for the first time. */
	readonly onFirst: (account: Account) => void;
}

/** Of which accounts the API created a lead, in the very organization that was asked for. Survives restarts. */
export interface VerifiedAccounts {
	readonly has: (accountId: string) => boolean;
	/** Whether it did so for any account of this key. */
	readonly hasGroup: (group: string) => boolean;
	readonly add: (account: Account) => void;
}

/** Whoever was accepted longest ago is forgotten first, and is as new the next time. */
const mostAccounts = 10_000;
const prefix = 'verified:';
const doneName = 'verified-before';
const dayMs = 86_400_000;
/** The day of a note; of one that cannot be read nothing is known but that its account was accepted once. */
const day = z.coerce.number().int().min(0);
const pageSize = 500;

/** Accounts of leads that an earlier version sent, which noted nothing: what ended is remembered for a while. */
async function* sentBefore(store: Means['store'], secrets: Secrets): AsyncGenerator<string> {
	for (let after: string | undefined; ; ) {
		const page = await store.list('ended', { limit: pageSize, ...(after === undefined ? {} : { after }) });
		for (const { partition, outcome } of page) {
			const { organization } = accountOfId(partition);
			if (
				outcome !== null &&
				isOfOrganization(
					outcome as AttemptResult,
					(realmId) => secrets.accountOf({ apiKey: '', organizationId: realmId }).organization === organization,
				)
			)
				yield partition;
		}
		after = page.at(-1)?.id;
		if (page.length < pageSize) return;
	}
}

/** Reads what is noted. Rejects where the store cannot be read. */
export const openVerified = async ({ store, secrets, now, onFirst }: Means): Promise<VerifiedAccounts> => {
	/** The day of the last one, by account; the longest ago first. */
	const days = new Map<string, number>();
	const groups = new Map<string, number>();
	const today = (): number => Math.floor(now() / dayMs);
	const count = (accountId: string, by: 1 | -1): void => {
		const { group } = accountOfId(accountId);
		const left = (groups.get(group) ?? 0) + by;
		if (left === 0) groups.delete(group);
		else groups.set(group, left);
	};
	const put = (accountId: string, last: number): void => {
		if (!days.delete(accountId)) count(accountId, 1);
		days.set(accountId, last);
	};
	const forgetOldest = (): readonly string[] => {
		const [oldest] = days.keys();
		if (days.size <= mostAccounts || oldest === undefined) return [];
		days.delete(oldest);
		count(oldest, -1);
		return [oldest];
	};
	/** A disk that cannot be written now is written with the next lead that is accepted. */
	const note = (accountId: string, forgotten: readonly string[]): void => {
		const noted = today();
		store
			.write([
				{ kind: 'note', name: prefix + accountId, value: String(noted) },
				...forgotten.map((id) => ({ kind: 'note', name: prefix + id, value: null }) as const),
			])
			.catch(() => {
				if (days.get(accountId) === noted) days.set(accountId, -1);
			});
	};

	const notes = await store.notes();
	const noted = notes
		.filter(([name]) => name.startsWith(prefix))
		.map(([name, value]) => [name.slice(prefix.length), day.safeParse(value).data ?? 0] as const);
	for (const [accountId, noteDay] of noted.sort(([, one], [, other]) => one - other)) put(accountId, noteDay);
	if (!notes.some(([name]) => name === doneName)) {
		for await (const accountId of sentBefore(store, secrets)) put(accountId, today());
		await store
			.write([
				{ kind: 'note', name: doneName, value: '1' },
				...[...days].map(
					([accountId, last]) => ({ kind: 'note', name: prefix + accountId, value: String(last) }) as const,
				),
			])
			.catch(() => undefined);
	}
	return {
		has: (accountId) => days.has(accountId),
		hasGroup: (group) => groups.has(group),
		add: (account) => {
			const { id } = account;
			const before = days.get(id);
			put(id, today());
			// Once a day is enough to know who was there lately.
			if (before !== today()) note(id, forgetOldest());
			if (before === undefined) onFirst(account);
		},
	};
};
