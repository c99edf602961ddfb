import type { Sender } from '../senders/submissions';

interface SendAsWords {
	readonly title: string;
	readonly about: string;
	readonly platform: string;
	readonly address: string;
	readonly secret: string;
	readonly secretHint: string;
	readonly send: string;
	/** `{status}` stands for the status of the answer. */
	readonly answered: string;
	readonly unreached: string;
	readonly refused: string;
	readonly senders: Readonly<Record<Sender, string>>;
}

const english: SendAsWords = {
	title: 'Send as…',
	about: 'A platform’s genuine call of a made-up person, to an address on this machine',
	platform: 'Platform',
	address: 'Address of the lead form',
	secret: 'Secret',
	secretHint: 'The same as in the lead form; empty where it has none.',
	send: 'Send',
	answered: 'Answered with {status}.',
	unreached: 'Nothing answers there. Start Node-RED, or check the port.',
	refused: 'Enter an address on this machine, such as http://127.0.0.1:1880/ad-leads.',
	senders: {
		any: 'Any other form',
		meta: 'Facebook and Instagram Lead Ads',
		whatsapp: 'WhatsApp',
		linkedin: 'LinkedIn',
		googleAds: 'Google Ads',
		tiktok: 'TikTok',
		snapchat: 'Snapchat',
		typeform: 'Typeform',
		tally: 'Tally',
		calendly: 'Calendly',
		calcom: 'Cal.com',
		webflow: 'Webflow',
		standard: 'Standard Webhooks',
	},
};

const arabic: SendAsWords = {
	title: 'الإرسال باسم…',
	about: 'استدعاء حقيقي من منصة لشخص غير حقيقي، إلى عنوان على هذا الجهاز',
	platform: 'المنصة',
	address: 'عنوان نموذج العملاء',
	secret: 'السر',
	secretHint: 'كما هو في نموذج العملاء؛ واتركه فارغًا إن لم يكن له سر.',
	send: 'إرسال',
	answered: 'كان الرد {status}.',
	unreached: 'لا شيء يرد هناك. شغّل Node-RED أو تحقق من المنفذ.',
	refused: 'أدخل عنوانًا على هذا الجهاز، مثل ⁦http://127.0.0.1:1880/ad-leads⁩.',
	senders: {
		...english.senders,
		any: 'أي نموذج آخر',
		meta: 'إعلانات العملاء في فيسبوك وإنستغرام',
		whatsapp: 'واتساب',
		linkedin: 'لينكدإن',
		googleAds: 'إعلانات جوجل',
		tiktok: 'تيك توك',
		snapchat: 'سناب شات',
	},
};

export const sendAsWords: Readonly<Record<'en' | 'ar', SendAsWords>> = { en: english, ar: arabic };
