import type { InboxRow } from '../leadRow';
import { askActions, askSelection, type Wanted } from './ask';
import { createManyBar } from './manyBar';
import { shownCount } from './times';
import { listWords as words, words as own } from './words';
import { actOnMany, chooseAll } from '@icloud-ready/outbox/view/actOnMany';
import { newBulkId } from '@icloud-ready/outbox/view/bulkId';
import type { ChosenLead, ManyChoice } from '@icloud-ready/outbox/view/manyLeads';
import { byId } from '@icloud-ready/web/client';

interface Means {
	readonly wanted: () => Wanted;
	readonly say: (text: string, isBad?: boolean) => void;
	/** Leads were acted on. */
	readonly onDone: () => Promise<void>;
}

/** Leads that are chosen to be acted on together. */
export interface Many {
	/** Shows which of these are chosen. */
	readonly show: (leads: readonly InboxRow[]) => void;
	readonly clear: () => void;
}

const sleep = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

export const createMany = ({ wanted, say, onDone }: Means): Many => {
	const list = byId<HTMLUListElement>('rows');
	let chosen = new Map<string, ChosenLead>();
	let shown: readonly InboxRow[] = [];
	let doing: 'nothing' | 'choosing' | 'acting' = 'nothing';
	let isStopped = false;

	/** Nobody leaves by mistake while it is done. */
	const keepHere = (event: BeforeUnloadEvent): void => {
		event.preventDefault();
		event.returnValue = own.stillAtIt;
	};
	const render = (): void => {
		for (const box of list.querySelectorAll<HTMLInputElement>('.pick'))
			box.checked = chosen.has(box.dataset['pick'] ?? '');
		if (doing === 'nothing')
			bar.show({
				kind: 'chosen',
				list: wanted().list,
				leads: [...chosen.values()],
				canChoose: shown.length > 0,
			});
	};
	const toggle = (id: string): void => {
		const lead = shown.find((each) => each.id === id);
		if (doing !== 'nothing' || lead === undefined) return render();
		if (!chosen.delete(id)) chosen.set(id, { id, ...lead.acted });
		render();
	};
	const all = async (): Promise<void> => {
		doing = 'choosing';
		isStopped = false;
		const asked = wanted();
		bar.show({ kind: 'choosing', count: 0 });
		const got = await chooseAll(
			async (after) => await askSelection(asked, after),
			(count) => bar.show({ kind: 'choosing', count }),
			() => isStopped || wanted() !== asked,
		);
		doing = 'nothing';
		if (got.kind === 'problem') say(got.message, true);
		if (got.kind === 'answer' && wanted() === asked) chosen = new Map(got.answer.map((lead) => [lead.id, lead]));
		render();
	};
	const act = async ({ action, ids }: ManyChoice): Promise<void> => {
		doing = 'acting';
		isStopped = false;
		addEventListener('beforeunload', keepHere);
		const { done, missed, total } = await actOnMany({
			action,
			ids,
			bulkId: newBulkId(),
			act: askActions,
			sleep,
			onProgress: (progress) => bar.show({ kind: 'acting', progress }),
			isStopped: () => isStopped,
		});
		removeEventListener('beforeunload', keepHere);
		doing = 'nothing';
		chosen.clear();
		await onDone();
		render();
		say(
			[
				words.many.done[action](shownCount(done)),
				...(missed === 0 ? [] : [words.many.missed(shownCount(missed))]),
				...(done + missed === total ? [] : [words.many.stopped]),
			].join(' '),
		);
	};
	const bar = createManyBar({
		chooseAll: () => void all(),
		chooseNone: () => {
			chosen.clear();
			render();
		},
		act: (choice) => void act(choice),
		stop: () => {
			isStopped = true;
		},
	});
	list.addEventListener('change', (event) => {
		const id = (event.target as HTMLElement).dataset['pick'];
		if (id !== undefined) toggle(id);
	});
	list.addEventListener('keydown', (event) => {
		const id = (event.target as HTMLElement).closest('button')?.dataset['id'];
		if (event.key !== ' ' || id === undefined) return;
		event.preventDefault();
		toggle(id);
	});
	return {
		show: (leads) => {
			shown = leads;
			render();
		},
		clear: () => {
			// What is being done goes on, whatever is looked at meanwhile.
			if (doing === 'acting') return;
			chosen.clear();
			isStopped = true;
			shown = [];
			render();
		},
	};
};
