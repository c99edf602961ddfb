import { readPhone } from '../phone';
import { clean } from '../text';
import type { Answer } from './answer';
import { meaningOf } from './match';
import { looksLikeEmail } from './valueKind';

/** Times in milliseconds and long ids are numbers too: a phone that was typed has at most 15 digits and begins as one. */
const phoneLike = /^[+(0-9\u0660-\u0669\u06f0-\u06f9][\d\s().\-\u0660-\u0669\u06f0-\u06f9]{6,20}$/;

/**
 * For forms whose fields have numbers instead of names: an answer that reads as an email or, in that country, as a phone is
 * taken for one, where no other answer is. Nothing else is told by its value.
 */
export const byValue = (answers: readonly Answer[], country: string): readonly Answer[] => {
	const meanings = answers.map(meaningOf);
	let [needsEmail, needsPhone] = [!meanings.includes('leadInformation.email'), !meanings.includes('leadInformation.phone')];
	return answers.map((answer, index) => {
		const text = typeof answer.value === 'string' || typeof answer.value === 'number' ? clean(String(answer.value)) : '';
		if (meanings[index] !== undefined || text === '') return answer;
		if (needsEmail && looksLikeEmail(text)) {
			needsEmail = false;
			return { ...answer, type: 'email' };
		}
		if (needsPhone && phoneLike.test(text) && readPhone(text, country).kind === 'valid') {
			needsPhone = false;
			return { ...answer, type: 'tel' };
		}
		return answer;
	});
};
