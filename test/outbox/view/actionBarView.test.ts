import { type Action, actions, type OfferedAction, questions } from '../../../packages/outbox/src/view/actions';
import {
	type ActionBarButton,
	type ActionBarView,
	actionBarView,
	mountActionBar,
} from '../../../packages/outbox/src/view/actionBarView';
import { listWords } from '../../../packages/outbox/src/view/listWords';
import fc from '../../fixtures/fastCheck';

const words = listWords.en;
const offered: readonly OfferedAction[] = [
	{ action: 'arrived' },
	{ action: 'retry', question: 'mayExist' },
	{ action: 'discard', question: 'discardSent' },
];
interface Shown {
	readonly view: ActionBarView;
	readonly press: (button: ActionBarButton) => void;
	readonly focused: number | undefined;
}
/** Each part in a few letters; what is primary has a star. */
const shown = ({ question, buttons }: ActionBarView): readonly string[] => [
	...(question === undefined ? [] : ['question']),
	...buttons.map(({ press, action, isPrimary }) => `${press} ${action}${isPrimary ? '*' : ''}`),
];
const atRest = ['act arrived', 'ask retry', 'ask discard'];

describe('what the bar of a lead shows', () => {
	test.each<[name: string, offered: readonly OfferedAction[], asked: Action | undefined, expected: readonly string[]]>([
		['nothing to do', [], undefined, []],
		['each action', offered, undefined, atRest],
		['a question', offered, 'retry', ['question', 'act retry*', 'cancel retry']],
		['nobody is led to discard', offered, 'discard', ['question', 'act discard', 'cancel discard']],
		['what asks no question any more', offered, 'arrived', atRest],
		['what is not offered any more', offered.slice(0, 2), 'discard', ['act arrived', 'ask retry']],
	])('%s', (_, of, asked, expected) => expect(shown(actionBarView(of, asked, words))).toEqual(expected));

	test.each(['en', 'ar'] as const)('%s: every question and button has its words', (language) => {
		for (const action of actions)
			for (const question of questions) {
				const view = actionBarView([{ action, question }], action, listWords[language]);
				expect(view.question).toBe(listWords[language].question[question]);
				expect(view.buttons.map(({ label }) => label)).toEqual([
					listWords[language].action[action],
					listWords[language].cancel,
				]);
			}
	});
});

describe('what a person does with it', () => {
	/** Presses buttons by their names; what was shown, done and asked, and which button has the focus. */
	const pressed = (asked: Action | undefined, ...names: readonly string[]) => {
		const done: Action[] = [];
		let told: Action | undefined;
		let now: Shown | undefined;
		const acting = { act: (action: Action) => done.push(action), asked, onAsked: (next?: Action) => (told = next) };
		mountActionBar(offered, words, acting, (view, press, focused) => {
			now = { view, press, focused };
		});
		for (const name of names) {
			const button = now?.view.buttons.find(({ press, action }) => `${press} ${action}` === name);
			if (button === undefined) throw new Error(`There is no ${name}.`);
			now?.press(button);
		}
		const focused = now?.focused;
		const { press, action } = (focused === undefined ? undefined : now?.view.buttons[focused]) ?? {};
		return { shown: now && shown(now.view), done, told, focus: press && `${press} ${action ?? ''}` };
	};

	const question = ['question', 'act retry*', 'cancel retry'];
	test.each([
		['nothing', [undefined], { shown: atRest, done: [] }],
		['what does no harm is done at once', [undefined, 'act arrived'], { shown: atRest, done: ['arrived'] }],
		[
			'a question leads to its way out',
			[undefined, 'ask retry'],
			{ shown: question, told: 'retry', focus: 'cancel retry', done: [] },
		],
		[
			'and back to the button that asked',
			[undefined, 'ask retry', 'cancel retry'],
			{ shown: atRest, focus: 'ask retry', done: [] },
		],
		[
			'it is done after the question',
			[undefined, 'ask retry', 'act retry'],
			{ shown: question, told: 'retry', focus: 'cancel retry', done: ['retry'] },
		],
		[
			'a question stays where its lead has changed, and takes no focus',
			['retry'],
			{ shown: question, told: 'retry', done: [] },
		],
	] as const)('%s', (_, [asked, ...names], expected) =>
		expect(pressed(asked, ...names)).toEqual({ told: undefined, focus: undefined, ...expected }),
	);

	test('whatever it offers and however it is pressed, what asks a question is done only from that question', () => {
		const offer = fc.uniqueArray(
			fc.record(
				{ action: fc.constantFrom(...actions), question: fc.constantFrom(...questions) },
				{ requiredKeys: ['action'] },
			),
			{ selector: ({ action }) => action },
		);
		fc.assert(
			fc.property(offer, fc.option(fc.constantFrom(...actions)), fc.array(fc.nat()), (offers, asked, presses) => {
				const done: Action[] = [];
				let told: Action | undefined;
				let now: Shown | undefined;
				const handlers = {
					act: (action: Action) => done.push(action),
					asked: asked ?? undefined,
					onAsked: (next?: Action) => (told = next),
				};
				mountActionBar(offers, words, handlers, (view, press, focused) => {
					now = { view, press, focused };
				});
				for (const press of presses) {
					const { view, press: onPress } = now as Shown;
					const button = view.buttons[press % Math.max(1, view.buttons.length)];
					if (button === undefined) continue;
					const [before, count] = [told, done.length];
					onPress(button);
					const { question } = offers.find(({ action }) => action === button.action) ?? {};
					if (done.length > count) expect([before, button.action]).toEqual([question && button.action, done.at(-1)]);
					else expect(told).toBe(button.press === 'ask' ? button.action : undefined);
					// Whoever asks or goes back by the keyboard is left with a button.
					if (done.length === count) expect((now as Shown).focused).toBeDefined();
				}
			}),
		);
	});
});
