/** What is posted to each shipped Node-RED example that answers a call: `body(number)` of a call, and the phone of its lead. */

import { createHmac } from 'node:crypto';
import { fillingIn } from './visits.mjs';

/** Of the application at Meta, which signs what WhatsApp sends. */
export const appSecret = 'secret-of-the-app';

const digits = (number) => String(number).padStart(7, '0');
export const phoneOf = (number) => `+20100${digits(number)}`;

const googleAds = (number) => ({
	lead_id: `lead-${number}`,
	form_id: 1,
	campaign_id: 2,
	api_version: '1.0',
	is_test: false,
	user_column_data: [
		{ column_id: 'FULL_NAME', string_value: `Mona ${number}` },
		{ column_id: 'PHONE_NUMBER', string_value: phoneOf(number) },
	],
});
const answers = (number) => [
	{ type: 'text', text: `Mona ${number}`, field: { id: 'a', type: 'short_text', ref: 'name' } },
	{ type: 'phone_number', phone_number: phoneOf(number), field: { id: 'b', type: 'phone_number', ref: 'phone' } },
];
const definition = {
	id: 'form',
	title: 'Homes',
	fields: [
		{ id: 'a', ref: 'name', type: 'short_text', title: 'Your name' },
		{ id: 'b', ref: 'phone', type: 'phone_number', title: 'Phone' },
	],
};
const typeform = (number) => ({
	event_id: `event-${number}`,
	event_type: 'form_response',
	form_response: {
		form_id: 'form',
		token: `token-${number}`,
		submitted_at: '2026-11-01T10:00:00Z',
		definition,
		answers: answers(number),
	},
});
const plain = (number) => ({ name: `Mona ${number}`, phone: phoneOf(number) });
const platforms = [googleAds, typeform, plain];

const whatsapp = (number) => {
	const from = phoneOf(number).slice(1);
	const value = {
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: '15550000000', phone_number_id: '1' },
		contacts: [{ profile: { name: `Mona ${number}` }, wa_id: from }],
		messages: [
			{
				from,
				id: `wamid.${number}`,
				timestamp: '1795000000',
				type: 'text',
				text: { body: 'Is the villa still for sale?' },
			},
		],
	};
	return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
};

const signedByMeta = (text) => ({
	'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(text).digest('hex')}`,
});

/**
 * `repeats`: whoever calls sends again what was not answered 2xx, as platforms do. A visitor of a website does not, or it
 * would be another request.
 */
export const exampleCalls = {
	'ad-platforms': { path: '/ad-leads', body: (number) => platforms[number % platforms.length](number), repeats: true },
	'whatsapp-messages': {
		path: '/whatsapp',
		body: whatsapp,
		headers: signedByMeta,
		repeats: true,
	},
	/** Not shipped: through each kind of node that a call is followed through. */
	'through-nodes': { path: '/through-nodes', body: (number) => [plain(number)], repeats: true },
	'website-form': {
		path: '/lead-form',
		body: (number) => ({ firstName: `Mona ${number}`, phone: phoneOf(number) }),
		repeats: false,
	},
};

/** Meta's ID of a call's lead; 0 would be none. */
const leadgenIdOf = (number) => String(number + 1);
export const numberOfLeadgen = (id) => Number(id) - 1;

/** Meta sends no more than an ID, by which the lead is read. */
const leadgen = (number) => ({
	object: 'page',
	entry: [
		{
			id: '1',
			time: 1,
			changes: [{ field: 'leadgen', value: { leadgen_id: leadgenIdOf(number), form_id: '2', page_id: '1' } }],
		},
	],
});

/** The same for each shipped n8n workflow that receives, with the platform of its trigger; the last has a form of n8n's own. */
export const workflowCalls = {
	'google-ads-webhook': { repeats: true, body: (number) => ({ ...googleAds(number), google_key: appSecret }) },
	'facebook-lead-ads': { repeats: true, body: leadgen, headers: signedByMeta },
	whatsapp: { repeats: true, body: whatsapp, headers: signedByMeta },
	'by-outcome': { repeats: true, body: plain },
	'n8n-form': {
		repeats: false,
		visit: fillingIn({
			answers: (number) => [
				`Mona ${number}`,
				phoneOf(number),
				`mona.${number}@example.com`,
				'Is the villa still for sale?',
			],
			thanks: 'Thank you',
		}),
	},
};
