import { type BulkChoice, bulkChoices } from './bulkChoices';
import { bulkQuestion } from './bulkQuestion';
import { type Selection, selectionKey, type SelectionState } from './selection';
import type { ListWords } from './words/types';

/** What a press of a button of the bar asks for. */
type Press =
	| { readonly kind: 'all' | 'none' | 'stop' | 'cancel' }
	| { readonly kind: 'ask' | 'act'; readonly choice: BulkChoice };

/** What the bar shows, from its start to its end. */
export type BulkBarPart =
	| {
			readonly kind: 'button';
			/** Its own within the bar: what had the focus before keeps it. */
			readonly name: string;
			readonly label: string;
			readonly isPrimary: boolean;
			readonly press: Press;
	  }
	| { readonly kind: 'progress'; readonly label: string; readonly max: number; readonly value: number }
	/** How many; `isTold`: whoever does not see it hears it. */
	| { readonly kind: 'count'; readonly text: string; readonly isTold: boolean }
	/** These are told always. */
	| { readonly kind: 'question' | 'problem'; readonly text: string };

export type BulkBarButton = Extract<BulkBarPart, { readonly kind: 'button' }>;

export interface BulkBarView {
	readonly isHidden: boolean;
	readonly parts: readonly BulkBarPart[];
	/** The button that is to have the focus, wherever it was before. */
	readonly focused?: string;
}

const button = (name: string, label: string, press: Press, isPrimary = false): BulkBarButton => ({
	kind: 'button',
	name,
	label,
	isPrimary,
	press,
});

/** What the bar for many leads at once shows. `asked`: what a person is asked about before it is done. */
export const bulkBarView = (
	state: SelectionState,
	asked: BulkChoice | undefined,
	words: ListWords,
	shownCount: (count: number) => string,
): BulkBarView => {
	const { bulk } = words;
	const count = (text: string, isTold = true): BulkBarPart => ({ kind: 'count', text, isTold });
	const stop = button('stop', bulk.stop, { kind: 'stop' });
	const all = button('all', bulk.all, { kind: 'all' });
	if (state.kind === 'choosing')
		return { isHidden: false, parts: [count(bulk.choosing(shownCount(state.count))), stop] };
	if (state.kind === 'acting') {
		const { total, done, missed, problem } = state.progress;
		const value = done + missed;
		return {
			isHidden: false,
			parts: [
				// Nothing to do is no progress of nothing.
				{ kind: 'progress', label: bulk.chosen(shownCount(total)), max: Math.max(1, total), value },
				// A program that reads aloud would speak of each part.
				count(bulk.progress(shownCount(value), shownCount(total)), false),
				stop,
				...(problem === undefined ? [] : [{ kind: 'problem', text: problem } as const]),
			],
		};
	}
	const { leads, list, canChoose } = state;
	if (asked !== undefined) {
		const { action } = asked;
		return {
			isHidden: false,
			parts: [
				{ kind: 'question', text: bulkQuestion(asked, words, shownCount) },
				// Nobody is led to throw leads away.
				button(`yes-${action}`, words.action[action], { kind: 'act', choice: asked }, action !== 'discard'),
				button('cancel', words.cancel, { kind: 'cancel' }),
			],
			focused: 'cancel',
		};
	}
	if (leads.length === 0) return { isHidden: !canChoose, parts: [all] };
	return {
		isHidden: false,
		parts: [
			count(bulk.chosen(shownCount(leads.length))),
			...bulkChoices(list, leads).map((choice) =>
				button(choice.action, words.action[choice.action], { kind: 'ask', choice }),
			),
			all,
			button('none', bulk.none, { kind: 'none' }),
		],
	};
};

/** The button that is to get the focus when others take the place of those before; undefined where it is elsewhere and stays. */
export const focusedButton = (
	{ parts, focused }: BulkBarView,
	before: { readonly hadFocus: boolean; readonly name: string | undefined },
): string | undefined => {
	if (focused !== undefined || !before.hadFocus) return focused;
	const names = parts.flatMap((part) => (part.kind === 'button' ? [part.name] : []));
	return names.find((name) => name === before.name) ?? names[0];
};

/** A bar as a host draws it. */
export interface BulkBar {
	readonly show: (state: SelectionState) => void;
}

/**
 * The bar for many leads at once: how many are chosen, what can be done with them, and how far that is. `draw` puts it in
 * the place of what it showed before, and gives the focus to the one of `focusedButton`.
 */
export const createBulkBar = (
	words: ListWords,
	shownCount: (count: number) => string,
	{ chooseAll, chooseNone, act, stop }: Pick<Selection, 'chooseAll' | 'chooseNone' | 'act' | 'stop'>,
	draw: (view: BulkBarView, onPress: (button: BulkBarButton) => void) => void,
): BulkBar => {
	let key = '';
	let state: SelectionState | undefined;
	const render = (asked?: BulkChoice): void => {
		if (state !== undefined) draw(bulkBarView(state, asked, words, shownCount), onPress);
	};
	const onPress = ({ press }: BulkBarButton): void => {
		switch (press.kind) {
			case 'all':
				return chooseAll();
			case 'none':
				return chooseNone();
			case 'stop':
				return stop();
			case 'cancel':
				return render();
			case 'ask':
				return render(press.choice);
			case 'act':
				return act(press.choice);
		}
	};
	return {
		show: (now) => {
			state = now;
			if (selectionKey(now) === key) return;
			key = selectionKey(now);
			render();
		},
	};
};
