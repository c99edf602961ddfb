import type { Source } from '../answer';
import { isMarkedTest } from '../marked';
import { answersOf, idOf, known, type Part, textOf } from '../parts';

const facts = new Set([
	'form_id',
	'form_name',
	'ad_account_id',
	'ad_account_name',
	'organization_id',
	'campaign_id',
	'campaign_name',
	'ad_id',
	'ad_name',
	'ad_squad_id',
	'ad_squad_name',
	'lead_id',
	'create_time',
	'creative_id',
	'signature',
]);

/** Snap's own test event is told by its address, which is nobody's. */
const isTest = (payload: Part): boolean =>
	isMarkedTest(payload) || textOf(payload.email)?.toLowerCase() === 'johndoe@snapchat.com';

/** Snapchat lead generation: a flat webhook with the answers among ids and names. Questions come without their words. */
export const snapchat: Source = {
	name: 'Snapchat',
	read: (payload) => {
		if (
			!('lead_id' in payload) ||
			!('ad_squad_id' in payload || 'ad_squad_name' in payload || 'ad_account_id' in payload)
		)
			return undefined;
		if (isTest(payload)) return { problem: { kind: 'testLead', source: 'Snapchat' } };
		const id = idOf(payload.lead_id);
		return {
			submissions: [
				{
					answers: answersOf(payload, '').filter(({ key }) => !facts.has(key)),
					known: [
						{ field: 'leadSource', value: 'snapchat_ads', from: 'Snapchat' },
						{ field: 'campaignName', value: payload.campaign_name, from: 'campaign_name' },
						{ field: 'setName', value: payload.ad_squad_name, from: 'ad_squad_name' },
					],
					extra: {
						formName: textOf(payload.form_name),
						formId: idOf(payload.form_id),
						adName: textOf(payload.ad_name),
						adId: idOf(payload.ad_id),
						adSquadId: idOf(payload.ad_squad_id),
						campaignId: idOf(payload.campaign_id),
						snapchatLeadId: id,
					},
					...known(id),
				},
			],
		};
	},
};
