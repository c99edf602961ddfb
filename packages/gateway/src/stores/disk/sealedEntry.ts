import type { Credentials, Secrets } from '../../leads/accounts';
import type { Submission } from '../../leads/submittedLead';
import type { Change, Entry, EntryStore, NewEntry } from '@icloud-ready/outbox';

/** What an entry holds beside what people know a lead by. */
interface Carried {
	readonly body: string;
	/** Key and organization, encrypted; there as long as the lead waits. */
	readonly sealed?: string;
}

/** A lead has no duplicate key here: by what it is known again is the submission's to say. */
const noKey = { by: 'phone', value: '', text: '' } as const;

const carriedOf = (entry: Pick<Entry, 'origin'>): Carried => entry.origin.message as unknown as Carried;
const originOf = (carried: Carried): Entry['origin'] => ({ nodeId: 'gateway', message: { ...carried } });

/** Empty where it cannot be read any more. */
export const bodyOf = (entry: Pick<Entry, 'origin'>): string =>
	typeof carriedOf(entry).body === 'string' ? carriedOf(entry).body : '';

/** A lead as an outbox keeps it: its line is its account. */
export const entryFor = ({ account, body, lead, credentials, key }: Submission, secrets: Secrets): NewEntry => ({
	lead,
	warnings: [],
	key: noKey,
	organizationId: account.id,
	policy: {},
	origin: originOf({ body, sealed: secrets.seal(credentials, account.id) }),
	...(key === undefined ? {} : { submissionKey: key.text }),
});

export const credentialsOf = (
	entry: Pick<Entry, 'origin' | 'organizationId'>,
	secrets: Secrets,
): Credentials | undefined => {
	const { sealed } = carriedOf(entry);
	return typeof sealed !== 'string' ? undefined : secrets.open(sealed, entry.organizationId);
};

/** Whether it holds credentials, readable or not. */
export const isSealed = (entry: Pick<Entry, 'origin'>): boolean => carriedOf(entry).sealed !== undefined;

/** The same entry, to be sent with other credentials. */
export const withCredentials = (entry: Entry, credentials: Credentials, secrets: Secrets): Entry => ({
	...entry,
	origin: originOf({ body: bodyOf(entry), sealed: secrets.seal(credentials, entry.organizationId) }),
});

const withoutCredentials = (entry: Entry): Entry => ({ ...entry, origin: originOf({ body: bodyOf(entry) }) });

const stripped = (change: Change): Change =>
	change.kind === 'put' && (change.shelf === 'ended' || change.shelf === 'unconfirmed')
		? { ...change, entry: withoutCredentials(change.entry) }
		: change;

/** A store in which no lead that has ended keeps its credentials, however it ended. */
export const endedWithoutCredentials = (store: EntryStore): EntryStore => ({
	...store,
	write: async (changes) => {
		await store.write(changes.map(stripped));
	},
});

const pageSize = 200;

/** Leads that were saved from a damaged store stand among the unconfirmed as they were; this takes their credentials off. */
export const stripSalvaged = async (store: EntryStore): Promise<void> => {
	for (let after: string | undefined; ; ) {
		const page = await store.list('unconfirmed', { limit: pageSize, ...(after === undefined ? {} : { after }) });
		const sealed = page.filter((entry) => carriedOf(entry)?.sealed !== undefined);
		if (sealed.length > 0)
			await store.write(
				sealed.map((entry) => ({ kind: 'put', entry: withoutCredentials(entry), shelf: 'unconfirmed' })),
			);
		after = page.at(-1)?.id;
		if (page.length < pageSize) return;
	}
};
