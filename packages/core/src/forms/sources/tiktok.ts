import type { NoLead } from '../../lead/problems';
import type { Source, SourceReading, Submission } from '../answer';
import { isMarkedTest } from '../marked';
import { idOf, known, type Part, partOf, partsOf, textOf } from '../parts';

const isScalar = (value: unknown): boolean =>
	typeof value !== 'object' ||
	value === null ||
	(Array.isArray(value) && value.every((each) => typeof each !== 'object'));

/** Answers as field and value, among ids and names of an advertiser; Meta's changes hold objects. */
const isEntry = (part: Part): boolean =>
	Array.isArray(part.changes) &&
	['advertiser_id', 'adgroup_id', 'library_id', 'page_id', 'ad_id'].some((key) => key in part) &&
	part.changes.every((change) => isScalar(partOf(change).value) && 'field' in partOf(change));

const submissionOf = (entry: Part): Submission => {
	const id = idOf(entry.id) ?? idOf(entry.lead_id);
	return {
		answers: partsOf(entry.changes).map(({ field, value }) => ({
			key: textOf(field) ?? '',
			value,
			from: `changes.${textOf(field) ?? ''}`,
		})),
		known: [
			{ field: 'leadSource', value: 'tiktok_ads', from: 'TikTok' },
			{ field: 'campaignName', value: entry.campaign_name, from: 'campaign_name' },
			{ field: 'setName', value: entry.adgroup_name, from: 'adgroup_name' },
		],
		extra: {
			adName: textOf(entry.ad_name),
			adId: idOf(entry.ad_id),
			adgroupId: idOf(entry.adgroup_id),
			campaignId: idOf(entry.campaign_id),
			formName: textOf(entry.page_name),
			formId: idOf(entry.page_id),
			tiktokLeadId: id,
		},
		...known(id),
	};
};

const testLead: NoLead = { kind: 'testLead', source: 'TikTok' };

const reading = (entries: readonly Part[]): SourceReading => {
	const [tests, real] = [entries.filter(isMarkedTest), entries.filter((entry) => !isMarkedTest(entry))];
	return {
		submissions: real.map((entry) => ({ ...submissionOf(entry), part: entry })),
		problems: tests.map(() => testLead),
	};
};

/** TikTok lead generation: the webhook with one or more entries, or one of its entries. */
export const tiktok: Source = {
	name: 'TikTok',
	read: (payload) => {
		if (isEntry(payload)) return reading([payload]);
		const entries = partsOf(payload.entry);
		if (Array.isArray(payload.entry) && entries.length === 0 && 'object' in payload && 'request_id' in payload) {
			return { problem: { kind: 'emptyWebhook', source: 'TikTok' } };
		}
		// One without answers stays a lead of its own, so that it is accounted for.
		return entries.some(isEntry) ? reading(entries) : undefined;
	},
};
