import type { Language } from '@icloud-ready/core';

/** What a visitor of a website reads. */
export interface PageWords {
	readonly title: string;
	readonly thanks: string;
	readonly maybe: string;
	readonly correct: string;
	readonly later: string;
	readonly send: string;
	readonly another: string;
	readonly owner: string;
	readonly other: { readonly language: Language; readonly name: string };
	readonly message: string;
}

export const pageWords: Readonly<Record<Language, PageWords>> = {
	en: {
		title: 'Ask for a call',
		thanks: 'Thank you. We will call you soon.',
		maybe: 'Thank you. If nobody calls you within a day, please write to us again.',
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
		thanks: 'شكرًا لك. سنتصل بك قريبًا.',
		maybe: 'شكرًا لك. إن لم يتصل بك أحد خلال يوم، فراسلنا مرة أخرى.',
		correct: 'صحّح الحقول المميزة من فضلك.',
		later: 'لم نتمكن من إرسال طلبك الآن. حاول مرة أخرى بعد دقائق.',
		send: 'أرسل',
		another: 'إرسال طلب آخر',
		owner: 'لصاحب الموقع:',
		other: { language: 'en', name: 'English' },
		message: 'الرسالة',
	},
};
