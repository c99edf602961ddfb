import { isRecord } from '../text';
import type { Answer, Source, Submission } from './answer';

const record = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
const text = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

/** `field_data` of the Graph API: each answer has a name and a list of values. */
const graphAnswers = (fieldData: readonly unknown[]): readonly Answer[] =>
	fieldData.filter(isRecord).map(({ name, values }) => {
		const key = text(name) ?? '';
		const all: readonly unknown[] = Array.isArray(values) ? values : [values];
		return { key, value: all.length === 1 ? all[0] : all, from: `field_data.${key}` };
	});

/** `data` of n8n's trigger with "Simplify Output": each answer is a key with one value. */
const simplifiedAnswers = (data: Readonly<Record<string, unknown>>): readonly Answer[] =>
	Object.entries(data).map(([key, value]) => ({ key, value, from: `data.${key}` }));

/** What Meta says of the ad, either flat (`ad_name`) or in groups (`ad.name`). */
const submission = (lead: Readonly<Record<string, unknown>>, answers: readonly Answer[]): Submission => {
	const named = (group: string, part: 'id' | 'name'): unknown => lead[`${group}_${part}`] ?? record(lead[group])[part];
	const id = text(lead.id) ?? text(lead.leadgen_id);
	return {
		answers,
		known: [
			{ field: 'leadSource', value: 'facebook_ads', from: 'Facebook Lead Ads' },
			{ field: 'campaignName', value: named('campaign', 'name'), from: 'campaign_name' },
			{ field: 'setName', value: named('adset', 'name'), from: 'adset_name' },
		],
		extra: {
			platform: lead.platform,
			adId: named('ad', 'id'), adName: named('ad', 'name'),
			adsetId: named('adset', 'id'),
			campaignId: named('campaign', 'id'),
			formId: named('form', 'id'), formName: named('form', 'name'),
			pageId: named('page', 'id'),
			leadgenId: id,
		},
		...(id === undefined ? {} : { dedupeKey: id }),
	};
};

const isSimplified = (payload: Readonly<Record<string, unknown>>): boolean =>
	isRecord(payload.data) && 'id' in payload && isRecord(payload.form) && ('ad' in payload || 'page' in payload || 'adset' in payload);

const isGraphLead = (value: unknown): value is Readonly<Record<string, unknown>> & { readonly field_data: readonly unknown[] } =>
	isRecord(value) && Array.isArray(value.field_data);

const isIdOnly = (value: Readonly<Record<string, unknown>>): boolean => 'leadgen_id' in value && Object.keys(value).every((key) => /_id$|^created_time$/.test(key));

/** Meta's notification, whole or its inner part: ids and nothing of the person. */
const isLeadgenNotice = (payload: Readonly<Record<string, unknown>>): boolean => {
	const { object, entry, value } = payload;
	if (isIdOnly(payload) || isIdOnly(record(value))) return true;
	return object === 'page' && Array.isArray(entry) && entry.some((each) => JSON.stringify(record(each).changes ?? []).includes('leadgen_id'));
};

/**
 * Facebook and Instagram Lead Ads: a lead of the Graph API, a page of them, n8n's trigger simplified or raw, and the
 * webhook's notification, which is not a lead.
 */
export const facebookLeadAds: Source = {
	name: 'Facebook Lead Ads',
	read: (payload) => {
		if (isLeadgenNotice(payload)) {
			return { problem: { kind: 'onlyId', source: 'Facebook', id: 'leadgen ID' } };
		}
		if (isGraphLead(payload)) return { submissions: [submission(payload, graphAnswers(payload.field_data))] };
		if (isSimplified(payload)) return { submissions: [submission(payload, simplifiedAnswers(record(payload.data)))] };
		const { data } = payload;
		if (Array.isArray(data) && data.some(isGraphLead)) {
			// One without answers (the token may not read them) stays a lead of its own, so that it is accounted for.
			return { submissions: data.map((lead) => submission(record(lead), isGraphLead(lead) ? graphAnswers(lead.field_data) : [])) };
		}
		return undefined;
	},
};
