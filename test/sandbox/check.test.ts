import { checkLead } from '../../packages/sandbox/src/check';
import { guideRequest } from './guide';

const person = { firstName: 'Ahmed', phone: '+201001234567' };

describe('a body that the guide allows', () => {
	const rows: [name: string, body: Record<string, unknown>][] = [
		["the guide's own", guideRequest],
		['only what is required', { leadInformation: person }],
		['a phone with spaces and signs', { leadInformation: { ...person, phone: '(02) 2574-1234' } }],
		[
			'nulls for what is not known',
			{ leadInformation: { ...person, lastName: null, address: null }, tags: null, dealSize: null },
		],
		['an empty custom field', { leadInformation: person, customField: '' }],
		['zero and false', { leadInformation: person, dealSize: 0, isQualified: false }],
	];
	it.each(rows)('%s', (_, body) => expect(checkLead(body).ok).toBe(true));
});

describe('a body that it does not allow', () => {
	const rows: [name: string, body: Record<string, unknown>, messages: string[]][] = [
		['nothing', {}, ['leadInformation.firstName should not be empty', 'leadInformation.phone should not be empty']],
		['no phone', { leadInformation: { firstName: 'Ahmed' } }, ['leadInformation.phone should not be empty']],
		[
			'a name of spaces',
			{ leadInformation: { ...person, firstName: '  ' } },
			['leadInformation.firstName should not be empty'],
		],
		[
			'a name that is a number',
			{ leadInformation: { ...person, firstName: 7 } },
			['leadInformation.firstName must be a string'],
		],
		[
			'a phone of letters',
			{ leadInformation: { ...person, phone: 'call me' } },
			['leadInformation.phone must be a valid phone number'],
		],
		[
			'a phone of three digits',
			{ leadInformation: { ...person, phone: '+20 1' } },
			['leadInformation.phone must be a valid phone number'],
		],
		[
			'a phone of 16 digits',
			{ leadInformation: { ...person, phone: '1234567890123456' } },
			['leadInformation.phone must be a valid phone number'],
		],
		[
			'a phone that is a number',
			{ leadInformation: { ...person, phone: 201001234567 } },
			['leadInformation.phone must be a valid phone number'],
		],
		[
			'an email without an at sign',
			{ leadInformation: { ...person, email: 'ahmed' } },
			['leadInformation.email must be an email'],
		],
		[
			'an address in one line',
			{ leadInformation: { ...person, address: 'Cairo' } },
			['leadInformation.address must be an object'],
		],
		[
			'a zip that is a number',
			{ leadInformation: { ...person, address: { zip: 12566 } } },
			['leadInformation.address.zip must be a string'],
		],
		['the person as text', { leadInformation: 'Ahmed' }, ['leadInformation must be an object']],
		[
			'a number as text',
			{ leadInformation: person, dealSize: '2500000' },
			['dealSize must be a number conforming to the specified constraints'],
		],
		['a yes as text', { leadInformation: person, isQualified: 'yes' }, ['isQualified must be a boolean value']],
		['a list as text', { leadInformation: person, tags: 'hot, new' }, ['tags must be an array']],
		[
			'a number in a list',
			{ leadInformation: person, interests: ['villa', 4] },
			['each value in interests must be a string'],
		],
		[
			'a bad phone in a list',
			{ leadInformation: person, additionalPhones: ['x'] },
			['each value in additionalPhones must be a valid phone number'],
		],
		[
			'a bad email in a list',
			{ leadInformation: person, additionalEmails: ['x'] },
			['each value in additionalEmails must be an email'],
		],
		[
			'a custom field that is an object',
			{ leadInformation: person, customField: { utm: 'x' } },
			['customField must be a string'],
		],
	];
	it.each(rows)('%s', (_, body, messages) => expect(checkLead(body)).toEqual({ ok: false, messages }));
});

it('names the properties that the guide does not have', () => {
	const body = { leadInformation: { ...person, nickname: 'A', address: { floor: 3 } }, title: 'Director' };
	expect(checkLead(body)).toMatchObject({
		ok: true,
		unknownPaths: ['leadInformation.address.floor', 'leadInformation.nickname', 'title'],
	});
});

it('leaves nothing of an unknown property in the lead', () => {
	const check = checkLead({ leadInformation: person, title: 'Director' });
	expect(JSON.stringify(check.ok && check.lead)).not.toContain('Director');
});
