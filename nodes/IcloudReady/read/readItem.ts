import {
	type Outcome,
	type Reading,
	type ReadingSettings,
	submissionSteps,
	type Submitted,
} from '../../../packages/core/src';
import { draftOf, type NodeParameters, overridesOf } from './parameters';

/** One lead of an item: a draft to be sent, or one that ended while it was read. */
export type Entry =
	| { readonly kind: 'draft'; readonly draft: unknown; readonly reading: Reading }
	| { readonly kind: 'ended'; readonly outcome: Outcome };

/** What one item holds; `noLead` says in words why it holds nobody, where that is so. */
export interface ItemReading {
	readonly entries: readonly Entry[];
	readonly noLead?: string;
}

const single = (draft: unknown): ItemReading => ({ entries: [{ kind: 'draft', draft, reading: {} }] });

/** The leads of one item; a form submission may hold several or none, and gives way by `pause` while a long one is read. */
export const readItem = async (
	given: NodeParameters,
	settings: ReadingSettings,
	pause: () => Promise<void> | undefined = () => undefined,
): Promise<ItemReading> => {
	switch (given.leadInput) {
		case 'json':
			return single(given.leadJson);
		case 'fields':
			return single(draftOf({ ...given.additionalFields, firstName: given.firstName, phone: given.phone }));
		case 'form': {
			const read: Submitted[] = [];
			for (const each of submissionSteps(given.submission, overridesOf(given.additionalFields), settings)) {
				if (each !== undefined) read.push(each);
				const pausing = pause();
				if (pausing !== undefined) await pausing;
			}
			const drafts = read.flatMap((each): readonly Entry[] =>
				each.kind === 'draft' ? [{ kind: 'draft', draft: each.draft, reading: each.reading }] : [],
			);
			const ended = read.flatMap((each): readonly Entry[] =>
				each.kind === 'ended' ? [{ kind: 'ended', outcome: each.outcome }] : [],
			);
			const noLead = read.find((each) => each.kind === 'noLead')?.message;
			return { entries: [...drafts, ...ended], ...(noLead === undefined ? {} : { noLead }) };
		}
	}
};
