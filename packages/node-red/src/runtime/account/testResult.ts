import { localeWords } from '../message/localeWords';
import { explain, type Language, type Outcome } from '@icloud-ready/core';

/** What the account's dialog shows under its button. */
export interface TestResult {
	readonly ok: boolean;
	readonly message: string;
	readonly hint: string;
}

export type Failure = (key: string, blanks?: Readonly<Record<string, string | number>>) => TestResult;

/** A result whose words are `answer.<key>` of the account's locale. */
export const failureIn = (language: Language): Failure => {
	const say = localeWords('account', language);
	return (key, blanks) => ({
		ok: false,
		message: say(`answer.${key}.message`, blanks),
		hint: say(`answer.${key}.hint`),
	});
};

/** The answer to an empty lead in words. A refusal of the lead is what a working key gets. */
export const judge = (outcome: Outcome, timeoutSeconds: number, language: Language = 'en'): TestResult => {
	const failure = failureIn(language);
	const status = outcome.status ?? '';
	switch (outcome.outcome) {
		case 'invalid':
			return { ...failure('expected', { status }), ok: true };
		case 'rateLimited':
			return failure('limited');
		case 'unconfirmed':
			if (outcome.cause.kind === 'timeout') return failure('late', { seconds: timeoutSeconds });
			return outcome.status === null ? failure('cut') : failure('strange', { status });
		case 'created':
			return failure('accepted');
		case 'failed':
			if (outcome.cause.kind === 'status') return failure('noApi', { status });
			if (outcome.cause.kind === 'busy') return failure('tooBusy');
			if (outcome.cause.kind === 'notReached')
				return {
					ok: false,
					message: explain(outcome, language).message,
					hint: localeWords('account', language)('answer.notReached.hint'),
				};
			return { ok: false, ...explain(outcome, language) };
		case 'unauthorized':
		case 'forbidden':
		case 'duplicate':
		case 'dryRun':
			return { ok: false, ...explain(outcome, language) };
	}
};

/** What became of the example lead. Only one that was created shows that the organization ID is right too. */
export const judgeExample = (outcome: Outcome, language: Language): TestResult => {
	const { message, hint } = explain(outcome, language);
	if (outcome.outcome !== 'created') return { ok: false, message, hint };
	return { ok: true, message, hint: localeWords('account', language)('answer.example.hint') };
};
