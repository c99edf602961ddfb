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

type List = Parameters<typeof questionOf>[1];

test.each<
	[name: string, action: Action, list: List, outcome: string | null, resolved: string, question: Question | undefined]
>([
	['a lead that exists', 'retry', 'ended', 'created', '', 'exists'],
	['one that existed before', 'retry', 'ended', 'duplicate', '', 'exists'],
	['one that somebody found', 'retry', 'ended', 'unconfirmed', 'arrived', 'exists'],
	['one that perhaps exists', 'retry', 'unconfirmed', 'unconfirmed', '', 'mayExist'],
	['one that perhaps exists and was discarded', 'retry', 'ended', 'unconfirmed', 'discarded', 'mayExist'],
	['one of which nothing is known', 'retry', 'unconfirmed', null, '', 'mayExist'],
	['one that was discarded before it was ever sent', 'retry', 'ended', null, 'discarded', 'anew'],
	['one that surely does not exist', 'retry', 'ended', 'failed', '', 'anew'],
	['one that was refused', 'retry', 'ended', 'invalid', '', 'anew'],
	['one whose key was refused', 'retry', 'ended', 'unauthorized', '', 'anew'],
	['one of a kind that a later version knows', 'retry', 'ended', 'later', '', 'anew'],
	['one that was never sent', 'discard', 'waiting', null, '', 'discard'],
	['one whose key was refused', 'discard', 'waiting', 'unauthorized', '', 'discard'],
	['one that waits and perhaps exists', 'discard', 'waiting', 'unconfirmed', '', 'discardSent'],
	['one that perhaps exists', 'discard', 'unconfirmed', 'unconfirmed', '', 'discardSent'],
	['one of which nothing is known', 'discard', 'unconfirmed', null, '', 'discardSent'],
	['a lead that arrived', 'arrived', 'unconfirmed', 'unconfirmed', '', undefined],
])('%s, %s in %s', (_name, action, list, outcome, resolved, question) => {
	expect(questionOf(action, list, { outcome, ...(resolved === '' ? {} : { resolved: resolved as 'arrived' }) })).toBe(
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
