import { clean, normalizeKey } from './text';

/** Names that `Intl` does not know, beside its own English and Arabic ones. */
const aliases: Readonly<Record<string, string>> = {
	KSA: 'SA', 'Saudi': 'SA', 'Kingdom of Saudi Arabia': 'SA', السعودية: 'SA', 'المملكة العربية السعودية': 'SA',
	UAE: 'AE', Emirates: 'AE', الإمارات: 'AE', 'الإمارات العربية المتحدة': 'AE', 'دولة الإمارات': 'AE', Dubai: 'AE',
	USA: 'US', America: 'US', 'United States of America': 'US', أمريكا: 'US', UK: 'GB', England: 'GB', Britain: 'GB', بريطانيا: 'GB',
	'Arab Republic of Egypt': 'EG', 'جمهورية مصر العربية': 'EG', Misr: 'EG', 'Sultanate of Oman': 'OM', 'سلطنة عمان': 'OM',
	'State of Qatar': 'QA', 'State of Kuwait': 'KW', 'دولة الكويت': 'KW', 'دولة قطر': 'QA', 'Kingdom of Bahrain': 'BH',
	'مملكة البحرين': 'BH', Palestine: 'PS', فلسطين: 'PS', Turkey: 'TR', Turkiye: 'TR', تركيا: 'TR', Syria: 'SY', سوريا: 'SY',
	Russia: 'RU', Holland: 'NL', 'Czech Republic': 'CZ', Macedonia: 'MK', 'Ivory Coast': 'CI',
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

let codeByName: ReadonlyMap<string, string> | undefined;

/** Every alpha-2 code that `Intl` has a name for, by its normalized English and Arabic name; built on first use. */
const names = (): ReadonlyMap<string, string> => {
	if (codeByName !== undefined) return codeByName;
	const found = new Map<string, string>();
	for (const language of ['en', 'ar']) {
		const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
		for (const first of letters) {
			for (const second of letters) {
				const code = first + second;
				const name = display.of(code);
				// ZZ is "unknown region"; EU, EZ, UN, XA and XB are no countries.
				if (name === undefined || /^(ZZ|EU|EZ|UN|XA|XB|QO)$/.test(code)) continue;
				const key = normalizeKey(name);
				if (!found.has(key)) found.set(key, code);
				if (language === 'en') found.set(code.toLowerCase(), found.get(code.toLowerCase()) ?? code);
			}
		}
	}
	for (const [name, code] of Object.entries(aliases)) found.set(normalizeKey(name), code);
	codeByName = found;
	return found;
};

/**
 * ISO 3166-1 alpha-2 of a country given as a code or as a name in English or Arabic.
 * Returns undefined where it is none that is known; a leading "the" or "ال" makes no difference.
 */
export const countryCode = (given: string): string | undefined => {
	const key = normalizeKey(clean(given));
	if (key === '') return undefined;
	const known = names();
	return known.get(key) ?? known.get(key.replace(/^the/, '')) ?? known.get(`ال${key}`) ?? known.get(key.replace(/^ال/, ''));
};
