import type { Action, OfferedAction } from './actions';
import type { ListWords } from './words/types';

/** A button under a lead: it acts at once, asks before it does, or leads out of the question. */
export interface ActionBarButton {
	readonly press: 'act' | 'ask' | 'cancel';
	readonly action: Action;
	readonly label: string;
	readonly isPrimary: boolean;
}

/** What is shown under a lead. `question`: what a person is asked, and told by programs that read aloud. */
export interface ActionBarView {
	readonly question?: string;
	readonly buttons: readonly ActionBarButton[];
}

/** What can be done with a lead; what may do harm asks once, in its place. `asked`: the action that is asked about. */
export const actionBarView = (
	offered: readonly OfferedAction[],
	asked: Action | undefined,
	words: ListWords,
): ActionBarView => {
	const question = offered.find(({ action }) => action === asked)?.question;
	if (asked === undefined || question === undefined)
		return {
			buttons: offered.map(({ action, question: before }) => ({
				press: before === undefined ? 'act' : 'ask',
				action,
				label: words.action[action],
				isPrimary: false,
			})),
		};
	return {
		question: words.question[question],
		buttons: [
			// Nobody is led to throw a lead away.
			{ press: 'act', action: asked, label: words.action[asked], isPrimary: asked !== 'discard' },
			{ press: 'cancel', action: asked, label: words.cancel, isPrimary: false },
		],
	};
};

/** What the bar tells its page, and the question that the page still shows. */
export interface ActionBarHandlers {
	readonly act: (action: Action) => void;
	/** The action that a person is being asked about; told again whenever it changes. */
	readonly asked: Action | undefined;
	readonly onAsked: (asked: Action | undefined) => void;
}

/** Puts a view in the place of the one before; the button at `focused` gets the focus, where there is one. */
type Draw = (view: ActionBarView, onPress: (button: ActionBarButton) => void, focused: number | undefined) => void;

/**
 * Draws the bar of a lead, and again with each question. A question that is being asked is asked on where the lead has
 * changed meanwhile and still offers the same.
 */
export const mountActionBar = (
	offered: readonly OfferedAction[],
	words: ListWords,
	{ act, asked, onAsked }: ActionBarHandlers,
	draw: Draw,
): void => {
	const render = (now: Action | undefined, focusedButton: (button: ActionBarButton) => boolean): void => {
		const view = actionBarView(offered, now, words);
		onAsked(view.question === undefined ? undefined : now);
		const focused = view.buttons.findIndex(focusedButton);
		draw(view, onPress, focused < 0 ? undefined : focused);
	};
	const onPress = ({ press, action }: ActionBarButton): void => {
		switch (press) {
			case 'act':
				return act(action);
			case 'ask':
				return render(action, (button) => button.press === 'cancel');
			case 'cancel':
				return render(undefined, (button) => button.action === action);
		}
	};
	render(asked, () => false);
};
