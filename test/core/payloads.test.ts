import { readLead, recognizeForm } from '../../packages/core/src';
import { groupedLead, payloadFixtures } from '../fixtures/payloads';

const withLead = payloadFixtures.filter(({ expected }) => expected !== null);

test.each(withLead.map((fixture) => [fixture.name, fixture] as const))(
	'%s gives its lead, and all that belongs into Custom Field',
	(_, { payload, expected, defaultCountry }) => {
		const { leads, problem } = recognizeForm(payload, { defaultCountry });
		expect([leads.length, problem]).toEqual([1, undefined]);
		const reading = readLead(leads[0]?.draft, { defaultCountry });
		if (!('lead' in reading)) throw new Error(JSON.stringify(reading.issues));
		const { customField = '{}', ...lead } = reading.lead;
		expect(lead).toEqual(groupedLead(expected ?? {}));
		expect(JSON.parse(customField)).toMatchObject(expected?.customField as object);
	},
);

test.each(payloadFixtures.map((fixture) => [fixture.name, fixture] as const))(
	'%s: no secret and nothing of the device is passed on',
	(_, { payload, defaultCountry }) => {
		const drafts = JSON.stringify(recognizeForm(payload, { defaultCountry }).leads.map(({ draft }) => draft));
		expect(drafts).not.toMatch(/synthetic-key|203\.0\.113|Mozilla|google_key|remote_ip|user_agent/i);
	},
);

const sources: Readonly<Record<string, string>> = {
	'elementor-pro-advanced-n8n': 'Elementor',
	'facebook-graph-api-lead': 'Facebook Lead Ads',
	'facebook-lead-ads-n8n-trigger': 'Facebook Lead Ads',
	'facebook-leadgen-webhook': 'Facebook Lead Ads',
	'google-ads-lead-form': 'Google Ads',
	'google-sheets-row-n8n': 'Google Sheets',
	'jotform-webhook': 'Jotform',
	'linkedin-lead-gen-form': 'LinkedIn',
	'n8n-form-trigger': 'n8n Form',
	'snapchat-lead-generation': 'Snapchat',
	'tally-webhook': 'Tally',
	'tiktok-lead-generation': 'TikTok',
	'typeform-webhook': 'Typeform',
	'webflow-form-submission': 'Webflow',
	'whatsapp-cloud-message': 'WhatsApp',
};
const ids: Readonly<Record<string, string>> = {
	'facebook-graph-api-lead': '900000000000041',
	'facebook-lead-ads-n8n-trigger': '900000000000041',
	'google-ads-lead-form': 'TeSter-0001-gads',
	'jotform-webhook': '6400000000000000001',
	'linkedin-lead-gen-form': 'b6a1f0aa-0000-4000-8000-000000000001-1',
	'snapchat-lead-generation': '00000000-0000-4000-8000-000000000106',
	'tally-webhook': 'rSynth1',
	'tiktok-lead-generation': '7126711421177430274',
	'typeform-webhook': 'synthetic-token-0001',
	'webflow-form-submission': '650000000000000000000002',
	'whatsapp-cloud-message': 'wamid.SYNTHETIC',
};

test.each(payloadFixtures.map(({ name, payload }) => [name, payload] as const))(
	'%s: its source and its own id',
	(name, payload) => {
		const { source, leads } = recognizeForm(payload);
		expect([source, leads[0]?.dedupeKey]).toEqual([sources[name], ids[name]]);
	},
);

test.each(withLead.map(({ name, payload }) => [name, payload] as const))(
	'%s: the same behind a webhook, as text and in a list',
	(name, payload) => {
		const alone = recognizeForm(payload);
		expect(
			[{ headers: { host: 'x' }, params: {}, query: {}, body: payload }, JSON.stringify(payload), [payload]].map(
				(wrapped) => recognizeForm(wrapped),
			),
		).toEqual([alone, alone, alone]);
		expect(alone.source).toBe(sources[name]);
	},
);
