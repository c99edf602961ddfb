import { wordsOf } from '../text/text';
import type { Part } from './parts';

const kinds = /^(?:type|kind|role|(?:user|sender|author|participant|member|contact)_?type)$/i;
const ofPerson = /^(?:end[-_ ]?)?(?:user|customer|client|lead|contact|visitor|guest|consumer|subscriber)$/i;
const ofTeam =
	/^(?:agent|admin|administrator|operator|bot|teammate|staff|employee|owner|team_member|moderator|system)$/i;

/** What an object says of itself that it is of the one who asks, or of the company's team: `{ type: "customer", name: … }`. */
export const selfRoleOf = (part: Part): 'person' | 'team' | undefined => {
	for (const key of Object.keys(part)) {
		const value = part[key];
		if (typeof value !== 'string' || value.length > 20 || !kinds.test(key)) continue;
		if (ofPerson.test(value)) return 'person';
		if (ofTeam.test(value)) return 'team';
	}
	return undefined;
};

/** Whether a group is called after who wrote something, which may be either side. */
export const isAuthor = (name: string): boolean => name.length <= 40 && wordsOf(name).includes('author');
