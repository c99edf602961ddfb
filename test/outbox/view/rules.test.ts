import {
	type Action,
	actions,
	actionsOf,
	lists,
	offeredActions,
	type Question,
	questionOf,
	questions,
} from '../../../packages/outbox/src/view/actions';
import { listWords } from '../../../packages/outbox/src/view/listWords';
import { outcomeKinds } from '@icloud-ready/core';

test.each<[list: (typeof lists)[number] | 'sending', offered: readonly Action[]]>([
	['waiting', ['discard']],
	['sending', []],
	['unconfirmed', ['arrived', 'retry', 'discard']],
	['ended', ['retry']],
])('a lead of %s offers %j', (list, offered) => {
	expect(actionsOf(list)).toEqual(offered);
});

test.each<[name: string, action: Action, outcome: string | null, resolved: string, question: Question | undefined]>([
	['a lead that exists', 'retry', 'created', '', 'exists'],
	['one that existed before', 'retry', 'duplicate', '', 'exists'],
	['one that somebody found', 'retry', 'unconfirmed', 'arrived', 'exists'],
	['one that perhaps exists', 'retry', 'unconfirmed', '', 'mayExist'],
	['one that perhaps exists and was discarded', 'retry', 'unconfirmed', 'discarded', 'mayExist'],
	['one of which nothing is known', 'retry', null, '', 'mayExist'],
	['one that was discarded before it was ever sent', 'retry', null, 'discarded', 'anew'],
	['one that surely does not exist', 'retry', 'failed', '', 'anew'],
	['one that was refused', 'retry', 'invalid', '', 'anew'],
	['one whose key was refused', 'retry', 'unauthorized', '', 'anew'],
	['one of a kind that a later version knows', 'retry', 'later', '', 'anew'],
	['discarding', 'discard', 'unconfirmed', '', 'discard'],
	['a lead that arrived', 'arrived', 'unconfirmed', '', undefined],
])('%s, %s: asks %s', (_name, action, outcome, resolved, question) => {
	expect(questionOf(action, { outcome, ...(resolved === '' ? {} : { resolved: resolved as 'arrived' }) })).toBe(
		question,
	);
});

test('nothing that may do harm is done without a question', () => {
	for (const list of lists)
		for (const outcome of [...outcomeKinds.map(({ kind }) => kind), null])
			for (const offered of offeredActions(list, { outcome }))
				expect([offered, offered.question !== undefined]).toEqual([offered, offered.action !== 'arrived']);
});

test('both languages say everything, each in its own letters', () => {
	const texts = (value: unknown): readonly string[] =>
		typeof value === 'string'
			? [value]
			: typeof value === 'function'
				? [String((value as (blank: string) => string)('7'))]
				: Object.values(value as object).flatMap(texts);
	const [english, arabic] = [texts(listWords.en), texts(listWords.ar)];
	expect(arabic).toHaveLength(english.length);
	for (const [index, text] of english.entries())
		expect([text, /[\u0600-\u06FF]/.test(text), /[\u0600-\u06FF]/.test(arabic[index] ?? '')]).toEqual([
			text,
			false,
			true,
		]);
	for (const language of ['en', 'ar'] as const)
		expect([Object.keys(listWords[language].question).sort(), Object.keys(listWords[language].action).sort()]).toEqual([
			[...questions].sort(),
			[...actions].sort(),
		]);
});
