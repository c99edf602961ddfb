import { fields, type Field } from '@icloud-ready/core';

type Body = Record<string, unknown>;

function put(body: Body, path: string, value: unknown): void {
	const names = path.split('.');
	const last = names.pop() as string;
	let at = body;
	for (const name of names) at = (at[name] ??= {}) as Body;
	at[last] = value;
}

const lead = (values: readonly (readonly [path: string, value: unknown])[]): Body => {
	const body: Body = {};
	for (const [path, value] of values) put(body, path, value);
	return body;
};

/** What "Send a test lead" sends in turn: every field of the catalog with its example, then short leads of other people. */
export const sampleLeads: readonly Body[] = [
	lead((fields as readonly Field[]).map(({ path, example }) => [path, example])),
	lead([
		['leadInformation.firstName', 'منى'],
		['leadInformation.phone', '+201000000001'],
		['leadInformation.address.city', 'القاهرة'],
		['leadInformation.address.country', 'EG'],
		['leadSource', 'website'],
		['interests', ['شقة', 'حديقة']],
		['leadDescription', 'أبحث عن شقة بحديقة في القاهرة الجديدة، ويفضل الاتصال مساءً.'],
	]),
	lead([
		['leadInformation.firstName', 'Sara'],
		['leadInformation.lastName', 'Nabil'],
		['leadInformation.phone', '+971501234567'],
		['leadInformation.email', 'sara.nabil@example.com'],
		['leadSource', 'google_ads'],
		['campaignName', 'Marina Towers'],
		['leadtype', 'renting'],
	]),
	lead([
		['leadInformation.firstName', 'كريم'],
		['leadInformation.lastName', 'فؤاد'],
		['leadInformation.phone', '+966512345678'],
		['leadSource', 'whatsapp'],
		['region', 'الرياض'],
		['leadtype', 'buying'],
	]),
];
