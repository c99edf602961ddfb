import { normalizeKey } from '../text/text';
import type { Answer, Submission } from './answer';
import { standingIn, groupsOf } from './evidence/standing';

type Known = NonNullable<Submission['known']>;

/** Portals whose leads carry the address of the listing. */
const portal =
	/^https?:\/\/(?:[\w-]+\.)*(bayut|dubizzle|propertyfinder|aqarmap|olx|opensooq|zameen)\.[a-z.]{2,12}(?:\/|$)/i;

/** What only forms on a website send: the form by its id or name, and the submission, its number or the page it was on. */
const ofForm = /^_{0,3}(?:form[-_ ]?(?:id|name|title)|fluentform.*|hs_?object_?id)$/i;
const ofSubmission =
	/^_{0,3}(?:sub(?:mission)?[_ ]?id|entry[_ ]?(?:id|time|date)|serial_?number|unique_?id|wp_?http_?referer|referr?er(?:_?name|_?url)?|page[_-]?url|source_?url|source-type|hs_?object_?id|lastmodifieddate)$/i;
const ofFormGroup = /(?:^|\.)(?:form-submissions|__submission|submission)(?:\.|$)/i;

/** Where a lead comes from, by what else the form sent: a listing's portal, or a website's form. */
export const leadSourceIn = (answers: readonly Answer[]): Known => {
	let isForm = false;
	let isSubmission = false;
	for (const { key, value, from } of answers.slice(0, 300)) {
		if (typeof value === 'string' && /url|link|ad|href|source|رابط/i.test(key)) {
			const [, name] = portal.exec(value.slice(0, 300)) ?? [];
			const { role } = standingIn(groupsOf(from));
			if (name !== undefined && role !== 'visit') return [{ field: 'leadSource', value: name.toLowerCase(), from }];
		}
		if (ofForm.test(key)) isForm = true;
		if (ofSubmission.test(key)) isSubmission = true;
		if (ofFormGroup.test(from) || normalizeKey(key) === 'formsubmissions') isSubmission = true;
		if (normalizeKey(key) === 'formsubmissions') isForm = true;
	}
	return isForm && isSubmission ? [{ field: 'leadSource', value: 'website', from: 'form' }] : [];
};
