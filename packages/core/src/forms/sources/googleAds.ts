import type { Answer, Source } from '../answer';
import { isMarkedTest } from '../marked';
import { idOf, known, partsOf, textOf } from '../parts';

/** Google's own columns have fixed ids; a question of the advertiser's has one made from its words. */
const answerOf = ({
	column_id: id,
	column_name: name,
	string_value: value,
}: Readonly<Record<string, unknown>>): Answer => {
	const key = textOf(id) ?? textOf(name) ?? '';
	return {
		key,
		value,
		from: `user_column_data.${key}`,
		...(textOf(name) === undefined ? {} : { label: String(name) }),
	};
};

/** The webhook of a Google Ads lead form. Its key is a secret between Google and the receiver, and no part of a lead. */
export const googleAds: Source = {
	name: 'Google Ads',
	read: (payload) => {
		const { user_column_data: columns, lead_id: leadId } = payload;
		if (!Array.isArray(columns) || !('lead_id' in payload || 'google_key' in payload || 'gcl_id' in payload))
			return undefined;
		if (isMarkedTest(payload)) {
			return { problem: { kind: 'testLead', source: 'Google Ads' } };
		}
		return {
			submissions: [
				{
					answers: partsOf(columns).map(answerOf),
					known: [
						{ field: 'leadSource', value: 'google_ads', from: 'Google Ads' },
						{ field: 'campaignName', value: payload.campaign_name, from: 'campaign_name' },
					],
					extra: {
						googleLeadId: idOf(leadId),
						gclid: textOf(payload.gcl_id),
						campaignId: idOf(payload.campaign_id),
						adgroupId: idOf(payload.adgroup_id),
						creativeId: idOf(payload.creative_id),
						assetGroupId: idOf(payload.asset_group_id),
						formId: idOf(payload.form_id),
					},
					...known(idOf(leadId)),
				},
			],
		};
	},
};
