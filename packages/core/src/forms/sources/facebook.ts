import type { NoLead } from '../../lead/problems';
import { isRecord } from '../../text/json';
import type { Answer, Source, SourceReading, Submission } from '../answer';
import { flatten } from '../flatten';
import { isDummyAnswer, isMarkedTest } from '../marked';
import { changeValues, type Part, partOf, partsOf, textOf } from '../parts';

/** What the form asks for under each name, where the trigger passes the form's questions on: PHONE, FULL_NAME. */
const typesOf = (form: unknown): ReadonlyMap<string, string> =>
	new Map(
		partsOf(partOf(form).questions).flatMap(({ key, type }) =>
			typeof key === 'string' && typeof type === 'string' && type !== 'CUSTOM' ? [[key, type]] : [],
		),
	);

/** `field_data` of the Graph API: each answer has a name and a list of values. */
const graphAnswers = ({ field_data: fieldData, form }: Part): readonly Answer[] => {
	const types = typesOf(form);
	return partsOf(fieldData).map(({ name, values }) => {
		const key = textOf(name) ?? '';
		const type = types.get(key);
		const all: readonly unknown[] = Array.isArray(values) ? values : [values];
		const value: unknown = all.length === 1 ? all[0] : all;
		const from = `field_data.${key}`;
		return type === undefined ? { key, value, from } : { key: type, label: key, value, from };
	});
};

/** `data` of n8n's trigger with "Simplify Output": each answer is a key with one value. */
const simplifiedAnswers = (data: Part): readonly Answer[] =>
	Object.entries(data).map(([key, value]) => ({ key, value, from: `data.${key}` }));

/** What is told in another way, or only of the sending. */
const told =
	/^(?:field_data|data|form|id|leadgen_id|platform|created_time|is_organic|(?:ad|adset|campaign|form|page)(?:_(?:id|name))?)$/;

/** What Meta says of the ad, either flat (`ad_name`) or in groups (`ad.name`). */
const submission = (lead: Part, answers: readonly Answer[]): Submission => {
	const named = (group: string, part: 'id' | 'name'): unknown => lead[`${group}_${part}`] ?? partOf(lead[group])[part];
	const id = textOf(lead.id) ?? textOf(lead.leadgen_id);
	return {
		answers,
		known: [
			{ field: 'leadSource', value: 'facebook_ads', from: 'Facebook Lead Ads' },
			{ field: 'campaignName', value: named('campaign', 'name'), from: 'campaign_name' },
			{ field: 'setName', value: named('adset', 'name'), from: 'adset_name' },
		],
		extra: {
			platform: lead.platform,
			adId: named('ad', 'id'),
			adName: named('ad', 'name'),
			adsetId: named('adset', 'id'),
			campaignId: named('campaign', 'id'),
			formId: named('form', 'id'),
			formName: named('form', 'name'),
			pageId: named('page', 'id'),
			leadgenId: id,
		},
		// Consents, the listing of a catalog ad and whatever else stands with the lead.
		beside: flatten(Object.fromEntries(Object.entries(lead).filter(([key]) => !told.test(key)))),
		...(id === undefined ? {} : { dedupeKey: id }),
	};
};

const isSimplified = (payload: Part): boolean =>
	isRecord(payload.data) &&
	'id' in payload &&
	isRecord(payload.form) &&
	('ad' in payload || 'page' in payload || 'adset' in payload);

const isGraphLead = (value: unknown): boolean => isRecord(value) && Array.isArray(value.field_data);

const isIdOnly = (value: Part): boolean =>
	'leadgen_id' in value && Object.keys(value).every((key) => /_id$|^created_time$/.test(key));

const fetchFirst: NoLead = { kind: 'onlyId', source: 'Facebook', id: 'leadgen ID' };
const testLead: NoLead = { kind: 'testLead', source: 'Facebook' };
const otherNews: NoLead = { kind: 'pageNews' };
const emptyPage: NoLead = { kind: 'emptyList', key: 'data' };

/** Meta's notification, whole or its inner part: ids and nothing of the person, one for each lead. */
const notice = (payload: Part): SourceReading | undefined => {
	const { object, entry, value } = payload;
	if (isIdOnly(payload) || isIdOnly(partOf(value))) return { problem: fetchFirst };
	if (object !== 'page' || !Array.isArray(entry)) return undefined;
	const ids = changeValues(payload).filter((each) => 'leadgen_id' in each);
	if (ids.length > 1) return { submissions: [], problems: ids.map(() => fetchFirst), problemParts: ids };
	return { problem: ids.length === 1 ? fetchFirst : otherNews };
};

const isTest = ({ answers }: Submission, lead: Part): boolean =>
	isMarkedTest(lead) || answers.some(({ value }) => isDummyAnswer(value));

const reading = (leads: readonly Part[]): SourceReading => {
	// One without answers (the token may not read them) stays a lead of its own, so that it is accounted for.
	const all = leads.map((lead) => ({
		lead,
		read: submission(lead, isGraphLead(lead) ? graphAnswers(lead) : simplifiedAnswers(partOf(lead.data))),
	}));
	const real = all.filter(({ lead, read }) => !isTest(read, lead));
	return {
		submissions: real.map(({ read, lead }) => ({ ...read, part: lead })),
		problems: all.slice(real.length).map(() => testLead),
	};
};

/**
 * Facebook and Instagram Lead Ads: a lead of the Graph API, a page of them or a form with its leads, n8n's trigger
 * simplified or raw, and the webhook's notification, which is not a lead.
 */
export const facebookLeadAds: Source = {
	name: 'Facebook Lead Ads',
	read: (payload) => {
		const noticed = notice(payload);
		if (noticed !== undefined) return noticed;
		if (isGraphLead(payload) || isSimplified(payload)) return reading([payload]);
		const page = isRecord(payload.leads) ? payload.leads : payload;
		const { data, paging } = page;
		if (!Array.isArray(data)) return undefined;
		if (data.length === 0 && isRecord(paging)) return { problem: emptyPage };
		return data.some(isGraphLead) ? reading(data.map(partOf)) : undefined;
	},
};
