import { readPhone } from '../../packages/core/src/values/phone';

const egypt = '+201001234567';

test.each<[name: string, typed: string | number, country: string, e164: string]>([
	['international', '+201001234567', 'EG', egypt],
	['national', '01001234567', 'EG', egypt],
	['spaces and marks', ' (010) 0123-4567 ', 'EG', egypt],
	['Arabic digits', '٠١٠٠١٢٣٤٥٦٧', 'EG', egypt],
	['Persian digits', '۰۱۰۰۱۲۳۴۵۶۷', 'EG', egypt],
	['Arabic digits, 00, unseen marks', '\u200f٠٠٢٠١٠٠١٢٣٤٥٦٧\u202c', 'EG', egypt],
	['00 for +', '00201001234567', 'EG', egypt],
	['+00', '+00201001234567', 'EG', egypt],
	['+2 before the zero, as people in Egypt write', '+2 01001234567', 'EG', egypt],
	['002 before the zero', '002 01001234567', 'EG', egypt],
	['a zero in brackets', '+20 (0)100 123 4567', 'EG', egypt],
	['the country in brackets', '(+20)1001234567', 'EG', egypt],
	['the country without +', '201001234567', 'EG', egypt],
	['the country without +, of another country', '966501234567', 'EG', '+966501234567'],
	['the zero eaten by a spreadsheet', '1001234567', 'EG', egypt],
	['the zero eaten, as a number', 1001234567, 'EG', egypt],
	['.0 added by a spreadsheet', '1001234567.0', 'EG', egypt],
	['an apostrophe before it', "'01001234567", 'EG', egypt],
	['in quotes', '"01001234567"', 'EG', egypt],
	['as a formula', '="01001234567"', 'EG', egypt],
	['p: of Facebook exports', 'p:+201001234567', 'EG', egypt],
	['a tel link', 'tel:+201001234567', 'EG', egypt],
	['an extension', '+201001234567 ext 5', 'EG', egypt],
	['a Cairo landline', '02 23456789', 'EG', '+20223456789'],
	['Saudi, national', '0501234567', 'SA', '+966501234567'],
	['Emirates, national', '050 123 4567', 'AE', '+971501234567'],
	['Kuwait has no zero', '5123 4567', 'KW', '+96551234567'],
	['of another country, with 00', '00966501234567', 'EG', '+966501234567'],
	['no default country, but its own', '+201001234567', '', egypt],
	['a default country that is none', '+201001234567', 'Atlantis', egypt],
	['North America at home', '12015550123', 'US', '+12015550123'],
])('%s', (_, typed, country, e164) => {
	expect(readPhone(typed, country)).toEqual({ kind: 'valid', e164, rest: [] });
});

test.each<[name: string, typed: string, rest: readonly string[]]>([
	['a slash', '01001234567/01112223334', ['+201112223334']],
	['an Arabic comma', '01001234567، 01112223334', ['+201112223334']],
	['a dash with space', '01001234567 - 01112223334', ['+201112223334']],
	['or', '01001234567 or 01112223334', ['+201112223334']],
	['و', '01001234567 و 01112223334', ['+201112223334']],
	['أو', '01001234567 أو 01112223334', ['+201112223334']],
	['او and new line', '01001234567\n01112223334 او 01223334445', ['+201112223334', '+201223334445']],
	['the same twice', '01001234567 / +201001234567', []],
])('two numbers parted by %s', (_, typed, rest) => {
	expect(readPhone(typed, 'EG')).toEqual({ kind: 'valid', e164: egypt, rest });
});

test.each<[name: string, typed: string, country?: string]>([
	['empty', ''],
	['words', 'call me'],
	['a name beside it', '01001234567 Ahmed'],
	['too short', '0100123456'],
	['too long', '010012345678'],
	['a short code', '19123'],
	['all zeros', '0000000000'],
	['a digit too many, that would be a stranger in New Jersey', '12012345678'],
	['a digit too many, that would be a stranger in Cuba', '5312345678', 'SA'],
	['two numbers with nothing between', '01001234567 01112223334'],
	['one good and one bad', '01001234567 / 123'],
	['national, without any country', '01001234567', ''],
	['digits within a message', `01001234567${' please call'.repeat(20)}`],
	['a megabyte of numbers', '01001234567,'.repeat(90_000)],
])('%s is no phone', (_, typed, country = 'EG') => {
	expect(readPhone(typed, country)).toEqual({ kind: 'invalid' });
});

test.each(['1.00123E+09', '2,01001E+11', '1e9', '١.٠٠١٢٣E+٠٩'])('"%s" has lost its digits', (typed) => {
	expect(readPhone(typed, 'EG')).toEqual({ kind: 'lostDigits' });
});

/** One mobile and one landline as people of that country write them. */
const numbers: readonly (readonly [country: string, national: string, e164: string])[] = [
	['EG', '0122 333 4445', '+201223334445'],
	['EG', '03 4871234', '+2034871234'],
	['SA', '055 123 4567', '+966551234567'],
	['SA', '011 234 5678', '+966112345678'],
	['AE', '052 345 6789', '+971523456789'],
	['AE', '04 234 5678', '+97142345678'],
	['QA', '3312 3456', '+97433123456'],
	['KW', '6512 3456', '+96565123456'],
	['BH', '3600 1234', '+97336001234'],
	['OM', '9212 3456', '+96892123456'],
	['JO', '079 012 3456', '+962790123456'],
	['LB', '71 123 456', '+96171123456'],
	['GB', '07400 123456', '+447400123456'],
	['DE', '0151 23456789', '+4915123456789'],
	['IN', '081234 56789', '+918123456789'],
	['TR', '0501 234 56 78', '+905012345678'],
];

/** As they stand in sheets, exports and forms of each country: mobiles of every operator, landlines, codes and slips. */
test.each<[country: string, typed: string | number, e164: string]>([
	['EG', '0100 555 0011', '+201005550011'],
	['EG', '٠١١١ ٥٥٥ ٠٠١٢', '+201115550012'],
	['EG', 1205550013, '+201205550013'],
	['EG', 'p:+201505550014', '+201505550014'],
	['EG', '+20-10-05550015', '+201005550015'],
	['EG', '0020 120 555 0016', '+201205550016'],
	['EG', '2 01005550017', '+201005550017'],
	['EG', '02-25550018', '+20225550018'],
	['EG', '(045) 3550019', '+20453550019'],
	['SA', 551234001, '+966551234001'],
	['SA', '٠٥٠١٢٣٤٠٠٢', '+966501234002'],
	['SA', '+966 (0) 53 123 4003', '+966531234003'],
	['SA', '00966561234004', '+966561234004'],
	['SA', '966581234005', '+966581234005'],
	['SA', '0591234006', '+966591234006'],
	['SA', "'0541234007", '+966541234007'],
	['SA', '012 612 3408', '+966126123408'],
	['SA', '9200 12345', '+966920012345'],
	['AE', '0501234101', '+971501234101'],
	['AE', 551234102, '+971551234102'],
	['AE', '+971-56-123-4103', '+971561234103'],
	['AE', '00971 58 123 4104', '+971581234104'],
	['AE', '٠٥٤١٢٣٤١٠٥', '+971541234105'],
	['AE', '971521234106', '+971521234106'],
	['AE', '02 612 3407', '+97126123407'],
	['QA', '5512 3401', '+97455123401'],
	['QA', '+974 6612 3402', '+97466123402'],
	['QA', '0097477123403', '+97477123403'],
	['QA', '٣٣١٢٣٤٠٤', '+97433123404'],
	['QA', '4412 3405', '+97444123405'],
	['KW', '9912 3401', '+96599123401'],
	['KW', '+965 50123402', '+96550123402'],
	['KW', '00965 66123403', '+96566123403'],
	['KW', '٩٧١٢٣٤٠٤', '+96597123404'],
	['KW', '2245 3405', '+96522453405'],
	['BH', '3912 3401', '+97339123401'],
	['BH', '+973 33123402', '+97333123402'],
	['BH', '0097336123403', '+97336123403'],
	['BH', 1712_3404, '+97317123404'],
	['OM', '9512 3401', '+96895123401'],
	['OM', '+968 7912 3402', '+96879123402'],
	['OM', '00968 92123403', '+96892123403'],
	['OM', '٩٩١٢٣٤٠٤', '+96899123404'],
	['OM', '2412 3405', '+96824123405'],
	['JO', '079 512 3401', '+962795123401'],
	['JO', 785123402, '+962785123402'],
	['JO', '+962 77 512 3403', '+962775123403'],
	['JO', '00962795123404', '+962795123404'],
	['JO', '06 566 3405', '+96265663405'],
	['LB', '03 123 401', '+9613123401'],
	['LB', '+961 76 123 402', '+96176123402'],
	['LB', '81123403', '+96181123403'],
	['MA', '06 12 34 56 01', '+212612345601'],
	['MA', '+212 7 12 34 56 02', '+212712345602'],
	['MA', 522345603, '+212522345603'],
	['IQ', '0770 123 4501', '+9647701234501'],
	['IQ', '+964 780 123 4502', '+9647801234502'],
	['GB', '07911 123401', '+447911123401'],
	['GB', '020 7946 0102', '+442079460102'],
	['DE', '0170 1234501', '+491701234501'],
	['FR', '06 12 34 56 03', '+33612345603'],
	['IN', '98765 43201', '+919876543201'],
	['PK', '0300 1234501', '+923001234501'],
	['TR', '0532 123 45 01', '+905321234501'],
	['US', '(212) 867-5309', '+12128675309'],
	['CA', '416-967-1111', '+14169671111'],
])('%s: %s', (country, typed, e164) => {
	expect(readPhone(typed, country)).toEqual({ kind: 'valid', e164, rest: [] });
});

const arabicDigits = (text: string): string =>
	text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));

const ways: readonly (readonly [
	name: string,
	country: 'its own' | 'another',
	write: (national: string, e164: string) => string,
])[] = [
	['as at home', 'its own', (national) => national],
	['as at home, in Arabic digits', 'its own', (national) => arabicDigits(national)],
	['international', 'another', (_, e164) => e164],
	['with 00 and spaces', 'another', (_, e164) => `00 ${e164.slice(1, 4)} ${e164.slice(4)}`],
];

describe.each(numbers)('%s %s', (country, national, e164) => {
	test.each(ways)('%s', (_, whose, write) => {
		expect(readPhone(write(national, e164), whose === 'its own' ? country : 'FR')).toEqual({
			kind: 'valid',
			e164,
			rest: [],
		});
	});
});
