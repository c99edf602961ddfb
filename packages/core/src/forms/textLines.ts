import type { Answer } from './answer';
import { evidenceOf } from './evidence/evidenceOf';
import { isPersonal, readLabel } from './evidence/labels';
import { reaches } from './rows';

/** A mail that tells a lead is short. */
const longest = 50_000;
const mostLines = 400;

/** "Name: Mona", "Phone - 010", "الاسم : منى"; an address of the web has its colon within. */
const labeled = /^[\s*•\-–>|]*([\p{L}\p{N}][^:：=\n\t|]{0,60}?)\s*(?:[:：](?!\/\/)|\t|=|\||\s[-–]\s)\s*(\S.*)?$/u;

/** A line of a contact card says of what kind a value is: `TEL;TYPE=CELL:+20…`. */
const withKind = /^([A-Z][A-Z-]{0,20})(?:;[A-Z-]{2,20}=[^:;]{0,40}){1,5}(?=:)/;

/** Text out of HTML: each row, cell and paragraph a line of its own. */
const plainOf = (text: string): string =>
	/<\/?(?:p|br|td|tr|div|li|table|html)\b/i.test(text)
		? text
				.replace(/<(?:style|script)\b[^]*?(?:<\/(?:style|script)>|$)/gi, '')
				.replace(/<\/t[dh]>\s*<t[dh]\b[^>]*>/gi, '\t')
				.replace(/<br\s*\/?>|<\/(?:p|tr|div|li|h\d|table)>/gi, '\n')
				.replace(/<[^<>]{0,500}>/g, '')
				.replace(/&nbsp;/gi, ' ')
				.replace(/&amp;/gi, '&')
		: text;

/** A line of a text is little evidence: enough for who somebody is, and for nothing else. */
const ofLine = (answer: Answer): Answer =>
	isPersonal(evidenceOf(answer).meaning) ? answer : { ...answer, whose: 'visit' };

/** The lines of a text that ask and answer, as answers; what has no label goes on with the answer before or is the text's own. */
export const answersInText = (text: string, from: string): readonly Answer[] | undefined => {
	if (text.length > longest || !/\n|</.test(text) || !/[:：\t=|]|\s[-–]\s|<td/i.test(text)) return undefined;
	const lines = plainOf(text)
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.slice(0, mostLines);
	if (lines.length < 2) return undefined;
	const answers: Answer[] = [];
	const rest: string[] = [];
	let open: { key: string; value: string } | undefined;
	const close = (): void => {
		if (open !== undefined && open.value !== '')
			answers.push(ofLine({ key: open.key, value: open.value, from: `${from}.${open.key}`, why: { kind: 'line' } }));
		open = undefined;
	};
	for (const line of lines) {
		const [, label, value = ''] = labeled.exec(line.replace(withKind, '$1')) ?? [];
		if (label !== undefined) {
			close();
			open = { key: label.replace(/[*:]{1,5}$/, '').trimEnd(), value };
		} else if (open !== undefined && (open.value === '' || readLabel(open.key).meaning === 'leadDescription')) {
			open.value = open.value === '' ? line : `${open.value}\n${line}`;
		} else rest.push(line);
	}
	close();
	if (!reaches(answers)) return undefined;
	return rest.length === 0 ? answers : [...answers, { key: 'text', value: rest.join('\n'), from }];
};

/** Parts of a mail that tell of its way and not of the person; who sends a portal's mails is no lead. */
const way = /^(?:from|to|cc|bcc|reply-?to|sender|return-?path|delivered-?to|metadata|headers?|attributes|envelope)$/i;
const isMail = (answers: readonly Answer[]): boolean => {
	if (!answers.some(({ key }) => /^subject$/i.test(key))) return false;
	const names = new Set(answers.flatMap(({ from }) => from.split('.')[0]?.toLowerCase() ?? ''));
	return names.has('subject') && (names.has('from') || names.has('to'));
};

/** Answers of which one is a text that tells a person in its lines, with those lines; as they are where none does. */
export const withTextLines = (answers: readonly Answer[]): readonly Answer[] => {
	const known = isMail(answers)
		? answers.map(
				(answer): Answer =>
					answer.from.split('.').some((part) => way.test(part)) ? { ...answer, whose: 'other' } : answer,
			)
		: answers;
	if (reaches(known)) return known;
	for (const answer of known) {
		if (typeof answer.value !== 'string' || answer.value.length < 12) continue;
		const lines = answersInText(answer.value, answer.from);
		if (lines === undefined) continue;
		// The same text comes as HTML too.
		const isTwin = ({ key, value }: Answer): boolean =>
			/html|^text|body|snippet|content/i.test(key) && typeof value === 'string';
		return [...lines, ...known.filter((other) => other !== answer && !isTwin(other))];
	}
	return known;
};
