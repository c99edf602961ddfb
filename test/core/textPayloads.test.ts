import { recognizeForm } from '../../packages/core/src';

/** Of each lead the first name and the phone. */
const leadsOf = (payload: unknown): readonly unknown[] =>
	recognizeForm(payload).leads.map(({ draft }) => [draft.leadInformation?.firstName, draft.leadInformation?.phone]);

const mona = ['Mona', '+201000000201'];
const hany = ['هاني', '+201000000202'];

test.each<[name: string, payload: unknown, leads: readonly unknown[]]>([
	['an encoded form', 'full_name=Mona+Ali&mobile=01000000201&project=Palm+Hills', [mona]],
	['CSV', 'Name,Phone,Project\r\nMona Ali,01000000201,"Palm, phase 2"\r\nهاني رزق,01000000202,\r\n', [mona, hany]],
	[
		'CSV with semicolons, a byte order mark and quotes',
		'\ufeff"الاسم";"الموبايل"\n"Mona ""M"" Ali";01000000201\n',
		[mona],
	],
	['CSV whose cell has two lines', 'Name\tPhone\tNotes\nMona Ali\t01000000201\t"a\nb"\n', [mona]],
	[
		'a JSON object on each line',
		'{"name":"Mona Ali","phone":"01000000201"}\n\n{"name":"هاني رزق","phone":"01000000202"}\n',
		[mona, hany],
	],
	[
		'a list of attributes and values',
		[
			{ Attribute: 'FirstName', Value: 'Mona' },
			{ Attribute: 'Phone', Value: '+20-1000000201' },
			{ Attribute: 'OwnerIdName', Value: 'Sara Agent' },
		],
		[mona],
	],
	[
		'a list of names with brackets and values',
		[
			{ name: 'lead[full_name]', value: 'Mona Ali' },
			{ name: 'lead[mobile]', value: '01000000201' },
			{ name: '_csrf', value: 'x' },
		],
		[mona],
	],
])('%s gives its leads', (_, payload, leads) => {
	expect(leadsOf(payload)).toEqual(leads);
});

test.each<[name: string, text: string]>([
	['prose with commas', 'Hello, how are you?\nFine, thanks'],
	['columns that name no person', 'Unit,Price\nB-12,3000000\n'],
	['a name and a phone that are none', 'Name,Phone\nUnit,Price\n'],
	['lines of which one is broken', '{"name":"Mona Ali","phone":"01000000201"}\n{"name":\n'],
	['one pair', 'a=b'],
])('%s is plain text', (_, text) => {
	const { leads, problem } = recognizeForm(text);
	expect([leads.length, problem?.kind]).toEqual([0, 'unreadable']);
});
