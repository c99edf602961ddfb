import { clean, normalizeKey } from '../text/text';

/** Names that `Intl` does not know, beside its own English and Arabic ones. */
const aliases: Readonly<Record<string, string>> = {
	KSA: 'SA',
	Saudi: 'SA',
	'Kingdom of Saudi Arabia': 'SA',
	السعودية: 'SA',
	'المملكة العربية السعودية': 'SA',
	UAE: 'AE',
	Emirates: 'AE',
	الإمارات: 'AE',
	'الإمارات العربية المتحدة': 'AE',
	'دولة الإمارات': 'AE',
	Dubai: 'AE',
	USA: 'US',
	America: 'US',
	'United States of America': 'US',
	أمريكا: 'US',
	'الولايات المتحدة الأمريكية': 'US',
	UK: 'GB',
	England: 'GB',
	Britain: 'GB',
	'Great Britain': 'GB',
	بريطانيا: 'GB',
	إنجلترا: 'GB',
	انكلترا: 'GB',
	'Arab Republic of Egypt': 'EG',
	'جمهورية مصر العربية': 'EG',
	Misr: 'EG',
	'Sultanate of Oman': 'OM',
	'سلطنة عمان': 'OM',
	'State of Qatar': 'QA',
	'State of Kuwait': 'KW',
	'دولة الكويت': 'KW',
	'دولة قطر': 'QA',
	'Kingdom of Bahrain': 'BH',
	'مملكة البحرين': 'BH',
	Palestine: 'PS',
	فلسطين: 'PS',
	Turkey: 'TR',
	Turkiye: 'TR',
	تركيا: 'TR',
	Syria: 'SY',
	سوريا: 'SY',
	'المملكة الأردنية الهاشمية': 'JO',
	Russia: 'RU',
	Holland: 'NL',
	'Czech Republic': 'CZ',
	Macedonia: 'MK',
	'Ivory Coast': 'CI',
	'Viet Nam': 'VN',
	Korea: 'KR',
	كوريا: 'KR',
	'Hong Kong': 'HK',
	'هونج كونج': 'HK',
	Macau: 'MO',
	Congo: 'CG',
	DRC: 'CD',
};

/**
 * ISO 3166-1 alpha-2 and XK (Kosovo). `Intl` alone does not tell them from withdrawn codes: it calls DD Germany and CS
 * Serbia, and has names for regions that are no countries.
 */
const codes: ReadonlySet<string> = new Set(
	(
		'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM ' +
		'CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY ' +
		'HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF ' +
		'MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE ' +
		'RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ ' +
		'VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
	).split(' '),
);

const accents = /\p{M}/gu;

/** A name without accents, and with "and" for "&": Côte d’Ivoire and Cote d'Ivoire are one. */
const plain = (name: string): string => normalizeKey(name.replace(/&/g, ' and ').normalize('NFD').replace(accents, ''));

/** "Myanmar (Burma)" is known by both names, "St. Lucia" as Saint Lucia too. */
const spellings = (name: string): readonly string[] => {
	const [, before = name, within = name] = /^([^(]+)\((.+)\)$/.exec(name) ?? [];
	return [name, before.trim(), within, name.replace(/^St\. /, 'Saint ')];
};

let codeByName: ReadonlyMap<string, string> | undefined;

/** Alpha-2 code by plain English or Arabic name; built on first use. */
const names = (): ReadonlyMap<string, string> => {
	if (codeByName !== undefined) return codeByName;
	const found = new Map<string, string>();
	for (const language of ['en', 'ar']) {
		const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
		for (const code of codes) for (const name of spellings(display.of(code) ?? code)) found.set(plain(name), code);
	}
	for (const [name, code] of Object.entries(aliases)) found.set(plain(name), code);
	codeByName = found;
	return found;
};

/**
 * ISO 3166-1 alpha-2 of a country given as a code or as a name in English or Arabic.
 * Returns undefined where it is none that is known; a leading "the" or "ال" and a calling code beside it make no difference.
 */
export const countryCode = (given: string): string | undefined => {
	if (codes.has(given)) return given;
	// Lists of countries beside a phone often name the calling code too: "Egypt (+20)".
	const text = clean(
		clean(given)
			.slice(0, 80)
			.replace(/\(?\+\d{1,4}\)?/, ''),
	);
	if (codes.has(text.toUpperCase())) return text.toUpperCase();
	const key = plain(text);
	if (key === '') return undefined;
	const known = names();
	return (
		known.get(key) ?? known.get(key.replace(/^the/, '')) ?? known.get(`ال${key}`) ?? known.get(key.replace(/^ال/, ''))
	);
};

const shownNames = new Map<string, Intl.DisplayNames>();

/** A country's name in a language; the code itself where it is none. */
export const countryName = (code: string, language: string): string => {
	if (!codes.has(code)) return code;
	const names = shownNames.get(language) ?? new Intl.DisplayNames([language], { type: 'region' });
	shownNames.set(language, names);
	return names.of(code) ?? code;
};
