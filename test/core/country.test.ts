import { fieldNamed } from '../../packages/core/src';
import { countryCode } from '../../packages/core/src/values/country';
import { getCountries } from 'libphonenumber-js/max';

test.each<[given: string, code: string]>([
	['EG', 'EG'],
	['eg', 'EG'],
	[' Eg ', 'EG'],
	['Egypt', 'EG'],
	['EGYPT', 'EG'],
	['مصر', 'EG'],
	['جمهورية مصر العربية', 'EG'],
	['Egypt 🇪🇬', 'EG'],
	['KSA', 'SA'],
	['Saudi Arabia', 'SA'],
	['السعودية', 'SA'],
	['السعوديه', 'SA'],
	['سعودية', 'SA'],
	['المملكة العربية السعودية', 'SA'],
	['UAE', 'AE'],
	['U.A.E.', 'AE'],
	['the United Arab Emirates', 'AE'],
	['الإمارات', 'AE'],
	['الامارات', 'AE'],
	['امارات', 'AE'],
	['Dubai', 'AE'],
	['عمان', 'OM'],
	['عُمان', 'OM'],
	['قطر', 'QA'],
	['الكويت', 'KW'],
	['البحرين', 'BH'],
	['الأردن', 'JO'],
	['الاردن', 'JO'],
	['Palestine', 'PS'],
	['UK', 'GB'],
	['Great Britain', 'GB'],
	['إنجلترا', 'GB'],
	['USA', 'US'],
	['الولايات المتحدة الأمريكية', 'US'],
	['Germany', 'DE'],
	['ألمانيا', 'DE'],
	['المانيا', 'DE'],
	['Serbia', 'RS'],
	['Vietnam', 'VN'],
	['Myanmar', 'MM'],
	['Burma', 'MM'],
	['Zimbabwe', 'ZW'],
	['Curacao', 'CW'],
	["Cote d'Ivoire", 'CI'],
	['Türkiye', 'TR'],
	['Turkey', 'TR'],
	['Antigua and Barbuda', 'AG'],
	['Saint Lucia', 'LC'],
	['Egypt (+20)', 'EG'],
	['🇦🇪 +971 UAE', 'AE'],
	['Hong Kong', 'HK'],
	['the Netherlands', 'NL'],
	['Kosovo', 'XK'],
])('%s is %s', (given, code) => {
	expect(countryCode(given)).toBe(code);
});

test.each([
	'',
	' ',
	'Atlantis',
	'DD',
	'SU',
	'UN',
	'EU',
	'ZZ',
	'XA',
	'European Union',
	'+20',
	'مصرر',
	'constructor',
	'__proto__',
	'x'.repeat(1_000_000),
])('"%s" is no country', (given) => {
	expect(countryCode(given)).toBeUndefined();
});

// Ascension and Tristan da Cunha have a calling code and no country code of their own.
const countries = getCountries().filter((code) => code !== 'AC' && code !== 'TA');

test.each(['en', 'ar'])(
	'every country with phones is known by its code and by the name that %s gives it',
	(language) => {
		const names = new Intl.DisplayNames([language], { type: 'region' });
		expect(
			countries.filter((code) => countryCode(code) !== code || countryCode(names.of(code) ?? '') !== code),
		).toEqual([]);
	},
);

test("the catalog's suggestions are codes", () => {
	const suggestions = fieldNamed('country')?.suggestions ?? [];
	expect(suggestions.length).toBeGreaterThan(0);
	expect(suggestions.map(countryCode)).toEqual(suggestions);
});
