import { type DedupeState, type DedupeStore, slicesBefore, type Submission } from '@icloud-ready/core';

/** A call that was found in the record, or is new in it. */
export interface RecordedCall {
	/** Names it in the record; a repeat has the same. */
	readonly key: string;
	/** It was answered by 200 before. */
	readonly isAnswered: boolean;
	/** Its key is of today alone, and nothing stands under it yet. */
	readonly isUnmarked: boolean;
}

/**
 * Calls that were answered by 200, kept in the lasting record of created leads. Where that cannot be used, a call counts
 * as new: it was told already, and a lead that waits for a disk is lost where nobody repeats it.
 */
export interface CallRecord {
	readonly find: (path: string, submission: Submission) => Promise<RecordedCall>;
	/** For what is answered later: a repeat that comes hours after it is to find the same key, though nothing was answered yet. */
	readonly begun: (call: RecordedCall) => Promise<void>;
	/** Resolves when it survives a power cut, or cannot be written. */
	readonly answered: (key: string) => Promise<void>;
}

const keyOf = (path: string, { platform, id }: Submission, slice?: number): string =>
	JSON.stringify(['call', path, platform, id, ...(slice === undefined ? [] : [slice])]);

export const createCallRecord = (marks: () => DedupeStore, now: () => number): CallRecord => {
	const stateOf = async (key: string): Promise<DedupeState | undefined> => {
		try {
			return await marks().get(key);
		} catch {
			return undefined;
		}
	};
	const mark = async (key: string, state: DedupeState): Promise<void> => {
		await marks()
			.put(key, state)
			.catch(() => undefined);
	};
	return {
		find: async (path, submission) => {
			if (submission.isOwnId) {
				const key = keyOf(path, submission);
				return { key, isAnswered: (await stateOf(key)) === 'created', isUnmarked: false };
			}
			const keys = slicesBefore(now()).map((slice) => keyOf(path, submission, slice));
			const states = await Promise.all(keys.map(stateOf));
			const at = states.findIndex((state) => state !== undefined);
			return { key: keys[Math.max(at, 0)] ?? '', isAnswered: states[at] === 'created', isUnmarked: at < 0 };
		},
		begun: async ({ key, isUnmarked }) => {
			if (isUnmarked) await mark(key, 'sending');
		},
		answered: async (key) => {
			await mark(key, 'created');
		},
	};
};
