import type { Action } from './actions';
import type { Asked } from './asked';
import type { BulkAction } from './bulkActionBody';
import { bulkPartSize } from './limits';
import type { ChosenLead } from './bulkChoices';

/** A part of all leads that are found, for whoever acts on them. */
export interface SelectionPage {
	readonly leads: readonly ChosenLead[];
	readonly next?: string;
}

/** Every lead that is found, page by page; or why not, in words. `onFound`: so many so far. */
export const chooseAll = async (
	ask: (after?: string) => Promise<Asked<SelectionPage>>,
	onFound: (count: number) => void,
	isStopped: () => boolean,
): Promise<Asked<readonly ChosenLead[]>> => {
	const leads = new Map<string, ChosenLead>();
	for (let after: string | undefined; !isStopped(); ) {
		const got = await ask(after);
		if (got.kind !== 'answer') return got;
		for (const lead of got.answer.leads) leads.set(lead.id, lead);
		onFound(leads.size);
		after = got.answer.next;
		if (after === undefined) break;
	}
	return { kind: 'answer', answer: [...leads.values()] };
};

/** How far a bulk action is. */
export interface BulkProgress {
	readonly total: number;
	readonly done: number;
	/** Those that were not there any more: sent just now, or acted on by somebody else. */
	readonly missed: number;
	/** The person stopped while these had been asked for without an answer: they may have been done, or some of them. */
	readonly unsure?: number;
	/** Why it stands still for now, in words. */
	readonly problem?: string;
}

interface Means {
	readonly action: Action;
	readonly ids: readonly string[];
	/** Names this act; a part of it that is asked for again is not done twice. */
	readonly bulkId: string;
	/** How many of a part were done. Always resolves. */
	readonly act: (part: BulkAction) => Promise<Asked<number>>;
	readonly sleep: (ms: number) => Promise<void>;
	readonly onProgress: (progress: BulkProgress) => void;
	readonly isStopped: () => boolean;
}

const firstPauseMs = 500;
const longestPauseMs = 10_000;

/**
 * Acts on many leads, part by part. A part that was not answered is asked for again until it is, or the person stops: the
 * server may have died in the middle of it, and what it did before is not done twice.
 */
export const runBulkAction = async ({
	action,
	ids,
	bulkId,
	act,
	sleep,
	onProgress,
	isStopped,
}: Means): Promise<BulkProgress> => {
	let progress: BulkProgress = { total: ids.length, done: 0, missed: 0 };
	const tell = (now: BulkProgress): void => {
		progress = now;
		onProgress(now);
	};
	tell(progress);
	for (let at = 0; at < ids.length; at += bulkPartSize) {
		const part = ids.slice(at, at + bulkPartSize);
		let isUnsure = false;
		for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
			if (isStopped()) return isUnsure ? { ...progress, unsure: part.length } : progress;
			const got = await act({ action, ids: part, bulkId });
			const { total, done, missed } = progress;
			if (got.kind === 'answer') {
				tell({ total, done: done + got.answer, missed: missed + part.length - got.answer });
				break;
			}
			tell({ total, done, missed, ...(got.kind === 'problem' ? { problem: got.message } : {}) });
			isUnsure = true;
			await sleep(pauseMs);
		}
	}
	return progress;
};
