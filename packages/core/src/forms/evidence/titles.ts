import { clean, normalizeKey } from '../../text/text';
import type { Answer } from '../answer';
import { evidenceOf } from './evidenceOf';
import { standingIn, groupsOf } from './standing';

/** Keys that say nothing without the group they stand in. */
const generic = new Set(
	'id name title description url link type status slug source medium campaign term content'.split(' '),
);

type GroupedAnswer = Pick<Answer, 'key' | 'from'> & Partial<Answer>;

/** The name of the group to say before a key that says nothing alone, or of somebody else: `form_name`, `agent_phone`. */
const groupToSay = (answer: GroupedAnswer): string | undefined => {
	if (answer.whose === 'other')
		return answer.from
			.split('.')
			.slice(0, -1)
			.findLast((part) => !/^\d+$/.test(part));
	const { role, group } = standingIn(groupsOf(answer.from));
	if (group === undefined || role === undefined) return undefined;
	if (role === 'other') return group;
	if (role === 'visit')
		return generic.has(normalizeKey(answer.key)) ? (/^utm/i.test(group) ? 'utm' : group) : undefined;
	if (role === 'person' || role === 'contact' || role === 'user') return undefined;
	if (generic.has(normalizeKey(answer.key))) return group;
	const evidence = 'value' in answer ? evidenceOf(answer as Answer) : undefined;
	return evidence?.refused !== undefined && evidence.group !== undefined ? group : undefined;
};

/** What an answer that no field takes is called: an `id` or a `name` in a group by what it is of, any other by its own words. */
export const titleOf = (answer: Pick<Answer, 'key'> & Partial<Answer>): string => {
	const { key, label, from = key } = answer;
	const title = clean(label ?? key) || key;
	if (label !== undefined || !from.includes('.')) return title;
	const group = groupToSay(answer as GroupedAnswer);
	return group === undefined ? title : `${group}_${title}`;
};
