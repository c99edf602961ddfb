import { type Asked, createLastAsked } from './asked';
import type { CheckedCorrection } from './correction';

/** What came of a correction, or what is wrong with it so far. */
export interface CorrectionAnswer extends CheckedCorrection {
	readonly done: boolean;
}

/** Values by the flat name of their field. */
export type CorrectionValues = Readonly<Record<string, string>>;

/** What is said beside each field, and of the lead as a whole. */
export const issuesBeside = (
	{ issues }: Pick<CheckedCorrection, 'issues'>,
	names: readonly string[],
): { readonly of: (name: string) => string; readonly rest: string } => {
	const said = (found: CheckedCorrection['issues']): string => found.map(({ message }) => message).join(' ');
	return {
		of: (name) => said(issues.filter((each) => each.name === name)),
		rest: said(issues.filter(({ name }) => !names.includes(name))),
	};
};

interface Means {
	readonly values: () => CorrectionValues;
	readonly check: (values: CorrectionValues) => Promise<Asked<CheckedCorrection>>;
	readonly send: (values: CorrectionValues) => Promise<Asked<CorrectionAnswer>>;
	readonly show: (checked: CheckedCorrection) => void;
	readonly say: (problem: string) => void;
	/** It was sent, or cannot be any more. */
	readonly onSent: (answer: CorrectionAnswer) => void;
}

/** The correction of one lead, checked while somebody types: a check that is overtaken by another one or by the sending shows nothing. */
export const createCorrecting = ({
	values,
	check,
	send,
	show,
	say,
	onSent,
}: Means): {
	readonly check: () => Promise<void>;
	/** Whether it was kept back for what is wrong with it. */
	readonly send: () => Promise<boolean>;
} => {
	const lastAsked = createLastAsked();
	return {
		check: async () => {
			const got = await lastAsked(check(values()));
			if (got?.kind === 'answer') show(got.answer);
		},
		send: async () => {
			const sending = send(values());
			void lastAsked(sending);
			const got = await sending;
			if (got.kind === 'problem') say(got.message);
			if (got.kind !== 'answer') return false;
			const isKeptBack = !got.answer.done && got.answer.issues.length > 0;
			if (isKeptBack) show(got.answer);
			else onSent(got.answer);
			return isKeptBack;
		},
	};
};
