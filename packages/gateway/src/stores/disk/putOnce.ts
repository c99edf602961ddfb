import type { Secrets } from '../../leads/accounts';
import type { PutResult } from '../../leads/leadQueue';
import { isFree } from '../../leads/sentLead';
import { isSameBody, type Submission, type SubmissionKey } from '../../leads/submittedLead';
import { findEntry, publicIdOf } from './leadRow';
import { entryFor, type SealedLead, type SealedStore } from './sealedEntry';
import type { Outbox } from '@icloud-ready/outbox';

interface Means {
	readonly store: Pick<SealedStore, 'bySubmissionKey' | 'get'>;
	readonly outbox: Pick<Outbox<SealedLead>, 'enqueue' | 'isUnkept'>;
	readonly secrets: Secrets;
}

const putNew = async ({ outbox, secrets }: Means, submission: Submission): Promise<PutResult> => {
	const kept = await outbox.enqueue(entryFor(submission, secrets));
	return kept.kind === 'full'
		? { kind: kept.of }
		: { kind: 'kept', id: publicIdOf(kept.id), isReplay: false, isHere: true };
};

const putKnown = async (means: Means, submission: Submission, key: SubmissionKey): Promise<PutResult> => {
	const id = await means.store.bySubmissionKey(key.text);
	// It is about to be removed, since its giver was told so: whoever asks meanwhile comes again.
	if (id !== undefined && means.outbox.isUnkept(id)) throw new Error('It was not kept.');
	const found = id === undefined ? undefined : await findEntry(means.store, id);
	if (found === undefined) return await putNew(means, submission);
	const { entry, shelf } = found;
	if (shelf === 'ended' && isFree(entry)) return await putNew(means, submission);
	// Of one that cannot be read nobody knows whether it was another.
	if (key.isNamed && entry.unreadable === undefined && !isSameBody(entry.payload.body, submission.body))
		return { kind: 'otherBody', id: publicIdOf(entry.id) };
	return { kind: 'kept', id: publicIdOf(entry.id), isReplay: true };
};

/** Keeps each lead once, however often it is given. Rejects where the store cannot be read or written. */
export const createPutOnce = (means: Means): ((submission: Submission) => Promise<PutResult>) => {
	/** Of those that come at the same time with one key each waits for the one before. */
	const arriving = new Map<string, Promise<PutResult>>();
	return async (submission) => {
		const { key } = submission;
		if (key === undefined) return await putNew(means, submission);
		const put = async (): Promise<PutResult> => await putKnown(means, submission, key);
		const mine = (arriving.get(key.text) ?? Promise.resolve()).then(put, put);
		arriving.set(key.text, mine);
		return await mine.finally(() => {
			if (arriving.get(key.text) === mine) arriving.delete(key.text);
		});
	};
};
