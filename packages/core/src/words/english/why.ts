import type { MatchReason } from '../../lead/why';

/** Why a value of a form went where it did, in a few words. */
export const why = ({ kind }: MatchReason): string => {
	switch (kind) {
		case 'type':
			return 'the type of the question says so';
		case 'words':
			return 'the label contains its name';
		case 'mention':
			return 'the question mentions it, and the answer looks like one';
		case 'group':
			return 'the group it is in says so';
		case 'value':
			return 'the label says nothing, and the answer looks like one';
		case 'parts':
			return 'combined from its parts';
		case 'sender':
			return 'the person who wrote or called';
		case 'line':
			return 'a line in the text';
		case 'ofOther':
			return "someone else's, or the company's own";
		case 'ofThing':
			return 'about a thing, not the person';
		case 'ofVisit':
			return 'about the visit, not the person';
	}
};
