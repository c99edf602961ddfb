import type { Language } from '@icloud-ready/core';

/** What a visitor of a website reads. */
export interface PageWords {
	readonly title: string;
	/** `name` may be empty. */
	readonly thanks: (name: string) => string;
	readonly maybe: (name: string) => string;
	readonly correct: string;
	readonly later: string;
	readonly send: string;
	readonly another: string;
	readonly owner: string;
	readonly other: { readonly language: Language; readonly name: string };
	readonly message: string;
}

const named = (before: string, name: string): string => (name === '' ? '' : before + name);

export const pageWords: Readonly<Record<Language, PageWords>> = {
	en: {
		title: 'Ask for a call',
		thanks: (name) => `Thank you${named(', ', name)}. We will call you soon.`,
		maybe: (name) => `Thank you${named(', ', name)}. If nobody calls you within a day, please write to us again.`,
		correct: 'Please correct the marked fields.',
		later: 'Your request could not be sent just now. Please try again in a few minutes.',
		send: 'Send',
		another: 'Send another',
		owner: 'For the owner of this site:',
		other: { language: 'ar', name: 'العربية' },
		message: 'Message',
	},
	ar: {
		title: 'اطلب اتصالًا',
		thanks: (name) => `شكرًا${named('، ', name)}. سنتصل بك قريبًا.`,
		maybe: (name) => `شكرًا${named('، ', name)}. إن لم يتصل بك أحد خلال يوم، فراسلنا مرة أخرى.`,
		correct: 'صحّح الحقول المميزة من فضلك.',
		later: 'لم نتمكن من إرسال طلبك الآن. حاول مرة أخرى بعد دقائق.',
		send: 'أرسل',
		another: 'إرسال طلب آخر',
		owner: 'لصاحب الموقع:',
		other: { language: 'en', name: 'English' },
		message: 'الرسالة',
	},
};
