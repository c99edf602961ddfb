import type { OutboxRow } from '../../runtime/outbox/leadRows';
import type { Asking, Wanted } from './ask';
import { createManyBar } from './manyBar';
import type { PanelWords } from './words';
import { actOnMany, chooseAll } from '@icloud-ready/outbox/view/actOnMany';
import { newBulkId } from '@icloud-ready/outbox/view/bulkId';
import type { ChosenLead, ManyChoice } from '@icloud-ready/outbox/view/manyLeads';

interface Means {
	readonly words: PanelWords;
	readonly asking: Pick<Asking, 'selection' | 'actOnPart'>;
	readonly wanted: () => Wanted;
	readonly say: (text: string, isBad?: boolean) => void;
	/** Leads were acted on. */
	readonly onDone: () => Promise<void>;
	/** Other leads are chosen. */
	readonly onChosen: () => void;
}

/** Leads that are chosen to be acted on together. */
export interface Many {
	readonly view: JQuery;
	/** These are in the list. */
	readonly show: (leads: readonly OutboxRow[]) => void;
	readonly isChosen: (id: string) => boolean;
	readonly toggle: (lead: OutboxRow) => void;
	readonly clear: () => void;
}

const sleep = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

export const createMany = ({ words, asking, wanted, say, onDone, onChosen }: Means): Many => {
	const { many } = words.list;
	const shownCount = (count: number): string => count.toLocaleString(words.own('language'));
	let chosen = new Map<string, ChosenLead>();
	let isAny = false;
	let doing: 'nothing' | 'choosing' | 'acting' = 'nothing';
	let isStopped = false;

	const render = (): void => {
		if (doing === 'nothing')
			bar.show({ kind: 'chosen', list: wanted().list, leads: [...chosen.values()], canChoose: isAny });
		onChosen();
	};
	const all = async (): Promise<void> => {
		doing = 'choosing';
		isStopped = false;
		const asked = wanted();
		bar.show({ kind: 'choosing', count: 0 });
		const got = await chooseAll(
			async (after) => await asking.selection(asked, after),
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
		const { account } = wanted();
		const { done, missed, total } = await actOnMany({
			action,
			ids,
			bulkId: newBulkId(),
			act: async (part) => await asking.actOnPart(account, part),
			sleep,
			onProgress: (progress) => bar.show({ kind: 'acting', progress }),
			isStopped: () => isStopped,
		});
		doing = 'nothing';
		chosen.clear();
		await onDone();
		render();
		const said = [
			many.done[action](shownCount(done)),
			...(missed === 0 ? [] : [many.missed(shownCount(missed))]),
			...(done + missed === total ? [] : [many.stopped]),
		];
		say(said.join(' '));
	};
	const bar = createManyBar(words.list, shownCount, {
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
	return {
		view: bar.view,
		show: (leads) => {
			isAny = leads.length > 0;
			render();
		},
		isChosen: (id) => chosen.has(id),
		toggle: (lead) => {
			if (doing === 'nothing' && !chosen.delete(lead.id)) chosen.set(lead.id, { id: lead.id, ...lead.acted });
			render();
		},
		clear: () => {
			// What is being done goes on, whatever is looked at meanwhile.
			if (doing === 'acting') return;
			chosen.clear();
			isStopped = true;
			isAny = false;
			render();
		},
	};
};
