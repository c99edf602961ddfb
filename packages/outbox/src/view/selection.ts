import type { ActedOn, List } from './actions';
import type { Asked } from './asked';
import { type BulkProgress, chooseAll, runBulkAction, type SelectionPage } from './bulkAction';
import type { BulkAction } from './bulkActionBody';
import type { BulkChoice, ChosenLead } from './bulkChoices';
import { newBulkId } from './bulkId';
import type { ListWords } from './words/types';

/** What is shown of a selection: which leads are chosen, that all are being chosen, or how far a bulk action is. */
export type SelectionState =
	| { readonly kind: 'chosen'; readonly list: List; readonly leads: readonly ChosenLead[]; readonly canChoose: boolean }
	| { readonly kind: 'choosing'; readonly count: number }
	| { readonly kind: 'acting'; readonly progress: BulkProgress };

/** The same for states that show the same: a list that comes again closes no question that is being asked. */
export const selectionKey = (state: SelectionState): string =>
	JSON.stringify(state.kind === 'chosen' ? [state.list, state.leads.map(({ id }) => id), state.canChoose] : state);

interface Means<Wanted extends { readonly list: List }> {
	/** What is looked at; another object where it is something else. */
	readonly wanted: () => Wanted;
	/** A part of all leads that are found, behind `after`. */
	readonly select: (wanted: Wanted, after?: string) => Promise<Asked<SelectionPage>>;
	/** How many of a part were done. */
	readonly act: (wanted: Wanted, part: BulkAction) => Promise<Asked<number>>;
	readonly words: ListWords['bulk'];
	readonly shownCount: (count: number) => string;
	readonly show: (state: SelectionState) => void;
	/** Other leads are chosen, or a lead is to be shown as it is. */
	readonly onChosen: () => void;
	/** A bulk action begins or is over. */
	readonly onActing?: (isActing: boolean) => void;
	readonly say: (text: string, isBad?: boolean) => void;
	/** Leads were acted on. */
	readonly onDone: () => Promise<void>;
	/** @default the page's own timer */
	readonly sleep?: (ms: number) => Promise<void>;
}

/** Leads of a list that are chosen to be acted on together. */
export interface Selection {
	/** There are leads to choose from, or none. */
	readonly offer: (canChoose: boolean) => void;
	readonly isChosen: (id: string) => boolean;
	/** Undefined: one that is not there any more. */
	readonly toggle: (lead: { readonly id: string; readonly acted: ActedOn } | undefined) => void;
	readonly chooseAll: () => void;
	readonly chooseNone: () => void;
	readonly act: (choice: BulkChoice) => void;
	/** Stops what is being done to many; what was done stays done. */
	readonly stop: () => void;
	/** Something else is looked at. */
	readonly clear: () => void;
}

const timer = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

export const createSelection = <Wanted extends { readonly list: List }>(means: Means<Wanted>): Selection => {
	const { wanted, select, words, shownCount, show, onChosen, onActing, say, onDone, sleep = timer } = means;
	let chosen = new Map<string, ChosenLead>();
	let canChoose = false;
	let doing: 'nothing' | 'choosing' | 'acting' = 'nothing';
	let isStopped = false;

	const render = (): void => {
		if (doing === 'nothing') show({ kind: 'chosen', list: wanted().list, leads: [...chosen.values()], canChoose });
		onChosen();
	};
	const chooseNone = (): void => {
		chosen.clear();
		render();
	};
	const all = async (): Promise<void> => {
		doing = 'choosing';
		isStopped = false;
		const asked = wanted();
		show({ kind: 'choosing', count: 0 });
		const got = await chooseAll(
			async (after) => await select(asked, after),
			(count) => show({ kind: 'choosing', count }),
			() => isStopped || wanted() !== asked,
		);
		doing = 'nothing';
		if (got.kind === 'problem') say(got.message, true);
		if (got.kind === 'answer' && wanted() === asked) chosen = new Map(got.answer.map((lead) => [lead.id, lead]));
		render();
	};
	const act = async ({ action, ids }: BulkChoice): Promise<void> => {
		doing = 'acting';
		isStopped = false;
		onActing?.(true);
		const asked = wanted();
		const {
			done,
			missed,
			total,
			unsure = 0,
		} = await runBulkAction({
			action,
			ids,
			bulkId: newBulkId(),
			act: async (part) => await means.act(asked, part),
			sleep,
			onProgress: (progress) => show({ kind: 'acting', progress }),
			isStopped: () => isStopped,
		});
		onActing?.(false);
		doing = 'nothing';
		chosen.clear();
		await onDone();
		render();
		say(
			[
				words.done[action](shownCount(done)),
				...(missed === 0 ? [] : [words.missed(shownCount(missed))]),
				...(unsure === 0 ? [] : [words.unsure(shownCount(unsure))]),
				...(done + missed + unsure === total ? [] : [words.stopped]),
			].join(' '),
		);
	};
	return {
		offer: (can) => {
			canChoose = can;
			render();
		},
		isChosen: (id) => chosen.has(id),
		toggle: (lead) => {
			if (doing === 'nothing' && lead !== undefined && !chosen.delete(lead.id))
				chosen.set(lead.id, { id: lead.id, ...lead.acted });
			render();
		},
		chooseAll: () => void all(),
		chooseNone,
		act: (choice) => void act(choice),
		stop: () => {
			isStopped = true;
		},
		clear: () => {
			// What is being done goes on, whatever is looked at meanwhile.
			if (doing === 'acting') return;
			isStopped = true;
			canChoose = false;
			chooseNone();
		},
	};
};
