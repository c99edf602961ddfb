import { clean, westernDigits } from '../text';

const email = /^[^\s@,;<>]{1,64}@(?:[^\s@,;<>.]+\.)+[^\s@,;<>.]{2,}$/;

/** Whether a text is one email address and nothing else. */
export const looksLikeEmail = (text: string): boolean => email.test(text);

/**
 * Whether an answer can be what a question seems to ask for: nothing but an email for an email, seven digits for a phone,
 * and for a name some letters and no more than a name has. Every other field takes what it gets.
 */
export const byValueKind = (field: string, value: unknown): boolean => {
	const text = typeof value === 'string' || typeof value === 'number' ? clean(String(value)) : '';
	if (text === '') return true;
	switch (field) {
		case 'leadInformation.email':
			return looksLikeEmail(text);
		case 'leadInformation.phone':
			return /(?:\d\D{0,3}){7}/.test(westernDigits(text)) && !/\p{L}{4}/u.test(text);
		case 'fullName':
		case 'leadInformation.firstName':
		case 'leadInformation.lastName':
			return /\p{L}/u.test(text) && text.length <= 100 && !/^(?:yes|no|نعم|لا)$/iu.test(text);
		default:
			return true;
	}
};
