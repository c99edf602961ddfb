import type { Field } from '../catalog/fieldTypes';
import type { Language } from '../text/language';
import { countryName } from '../values/country';

/** What the catalog's suggestions mean, for people who have never seen the values. */
const names: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
	mr: { en: 'Mr.', ar: 'السيد' },
	mrs: { en: 'Mrs.', ar: 'السيدة' },
	ms: { en: 'Ms.', ar: 'السيدة / الآنسة' },
	dr: { en: 'Dr.', ar: 'دكتور / دكتورة' },
	eng: { en: 'Engineer', ar: 'مهندس / مهندسة' },
	buying: { en: 'Wants to buy', ar: 'شراء' },
	selling: { en: 'Wants to sell', ar: 'بيع' },
	renting: { en: 'Wants to rent', ar: 'استئجار' },
	facebook_ads: { en: 'Facebook and Instagram ads', ar: 'إعلانات فيسبوك وإنستجرام' },
	google_ads: { en: 'Google ads', ar: 'إعلانات جوجل' },
	tiktok_ads: { en: 'TikTok ads', ar: 'إعلانات تيك توك' },
	snapchat_ads: { en: 'Snapchat ads', ar: 'إعلانات سناب شات' },
	linkedin_ads: { en: 'LinkedIn ads', ar: 'إعلانات لينكدإن' },
	website: { en: 'Your website', ar: 'موقعك الإلكتروني' },
	whatsapp: { en: 'WhatsApp', ar: 'واتساب' },
	referral: { en: 'Referral', ar: 'توصية من شخص' },
};

/** The name of a suggested value in a language; the value itself where it has none. */
export const suggestionName = ({ kind }: Pick<Field, 'kind'>, value: string, language: Language): string =>
	kind === 'country' ? countryName(value, language) : (names[value]?.[language] ?? value);
