import { isEmpty } from '../../reading/coerce';
import { clean } from '../../text/text';
import { readPhone } from '../../values/phone';
import type { Answer } from '../answer';
import { mostRead } from '../mostRead';
import { meaningOf } from '../evidence/evidenceOf';
import { saysNothing } from '../evidence/numbering';
import { looksLikeEmail } from './valueKind';

/** Times in milliseconds and long ids are numbers too: a phone that was typed has at most 15 digits and begins as one. */
const phoneLike = /^[+(0-9\u0660-\u0669\u06f0-\u06f9][\d\s().\-\u0660-\u0669\u06f0-\u06f9]{6,20}$/;

/** What a phone may be called, and an order as well. */
const justNumber = /^(?:number|no\.?|الرقم|رقم|نمرة)$/iu;

/** Reading a phone takes long; no form asks for so many numbers before its phone. */
const mostTried = 200;

/**
 * For forms whose fields have numbers instead of names: an answer that reads as an email or, in that country, as a phone is
 * taken for one, where no other answer is. Nothing else is told by its value. `onlyUnnamed`: names of fields are kept, and only
 * an answer whose name says nothing is told so.
 */
export const byValue = (answers: readonly Answer[], country: string, onlyUnnamed = false): readonly Answer[] => {
	const meanings = answers.slice(0, mostRead).map((answer) => (isEmpty(answer.value) ? undefined : meaningOf(answer)));
	let [needsEmail, needsPhone] = [
		!meanings.includes('leadInformation.email'),
		!meanings.includes('leadInformation.phone'),
	];
	if (!needsEmail && !needsPhone) return answers;
	const isUnnamed = ({ key, label = key }: Answer): boolean =>
		[key, label].every((name) => saysNothing(name) || justNumber.test(name.trim()));
	let tries = mostTried;
	return answers.map((answer, index) => {
		const text =
			typeof answer.value === 'string' || typeof answer.value === 'number' ? clean(String(answer.value)) : '';
		if (index >= mostRead || meanings[index] !== undefined || text === '') return answer;
		if (onlyUnnamed && !isUnnamed(answer)) return answer;
		if (needsEmail && looksLikeEmail(text)) {
			needsEmail = false;
			return { ...answer, type: 'email', why: { kind: 'value' } };
		}
		if (needsPhone && phoneLike.test(text) && tries-- > 0 && readPhone(text, country).kind === 'valid') {
			needsPhone = false;
			return { ...answer, type: 'tel', why: { kind: 'value' } };
		}
		return answer;
	});
};
