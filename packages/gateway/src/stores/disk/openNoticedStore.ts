import type { Secrets } from '../../leads/accounts';
import { checkSecret, type SecretNote } from '../../leads/checkSecret';
import type { QueueEvents } from '../../leads/queueOptions';
import { endedWithoutCredentials, type SealedLead, type SealedStore, stripSalvaged } from './sealedEntry';
import { counted } from '@icloud-ready/core';
import { type Damage, type OpenedStore, reasonText } from '@icloud-ready/outbox';

/** A store whose troubles are told as they come. */
export interface NoticedStore {
	readonly store: SealedStore;
	/** Why it cannot be used, where it cannot: the end of a sentence. */
	readonly awayBecause: () => string | undefined;
}

const secretName = 'secret';

const secretNoteOf = (store: SealedStore): SecretNote => ({
	read: async () => (await store.notes()).find(([name]) => name === secretName)?.[1],
	write: async (value) => await store.write([{ kind: 'note', name: secretName, value }]),
	hasOpenLeads: async () => {
		for (const shelf of ['waiting', 'sending'] as const) {
			for await (const ids of store.ids(shelf)) if (ids.length > 0) return true;
		}
		return false;
	},
});

/** Tells that the store fails, and that it is back: once each. Gives why it cannot be used now. */
const watch = (store: SealedStore, events: Pick<QueueEvents, 'notice'>): NoticedStore['awayBecause'] => {
	let awayBecause: string | undefined;
	store.watch?.({
		away: (error) => {
			awayBecause = reasonText(error);
			events.notice(
				`The store cannot be used: ${awayBecause}. Until it can, new leads are rejected and queued leads wait. It is tried again automatically.`,
			);
		},
		back: () => {
			awayBecause = undefined;
			events.notice('The store can be used again.');
		},
	});
	return () => awayBecause;
};

const damageNotice = ({ leads, restored, unnamed, isOlder }: Damage): string =>
	[
		isOlder ? 'An older copy of the store was restored.' : '',
		leads + unnamed === 0
			? 'The store was damaged and no lead was lost.'
			: `${counted(leads + unnamed, 'lead in the store is', 'leads in the store are')} damaged or missing. ${leads} of them ${leads === 1 ? 'is' : 'are'} listed as unconfirmed, with whatever can be read.`,
		unnamed === 0 ? '' : `Nothing is left of ${unnamed}.`,
		restored === 0 ? '' : `${restored} keys and notes were restored.`,
		'Check the disk of this machine, review the unconfirmed leads, then press Seen on the inbox page.',
	]
		.filter((each) => each !== '')
		.join(' ');

/**
 * Opens the store of this gateway, in which no lead that has ended keeps its credentials. Rejects where it cannot be opened,
 * and where leads wait in it that were kept with another secret.
 */
export const openNoticedStore = async (
	open: () => Promise<OpenedStore<SealedLead>>,
	secrets: Secrets,
	events: Pick<QueueEvents, 'notice'>,
): Promise<NoticedStore> => {
	const { store, movedTo, salvaged = 0, damage, renewedJournal } = await open();
	if (movedTo !== undefined && salvaged === 0)
		events.notice(
			`The files of the store were damaged and have been repaired. The damaged files are kept in ${movedTo}.`,
		);
	else if (movedTo !== undefined)
		events.notice(
			`The store was damaged or written by another version and was moved to ${movedTo}. ${salvaged} of its leads could be read and are now unconfirmed. A new store was created.`,
		);
	if (damage !== undefined) events.notice(damageNotice(damage));
	if (renewedJournal === true)
		events.notice('The journal of the store was damaged or missing and has been rewritten. No lead is missing.');
	try {
		await checkSecret(secrets, secretNoteOf(store));
	} catch (error) {
		await store.close();
		throw error;
	}
	if (salvaged > 0 || damage !== undefined) await stripSalvaged(store);
	return { store: endedWithoutCredentials(store), awayBecause: watch(store, events) };
};
