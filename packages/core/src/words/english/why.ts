import type { MatchReason } from '../../lead/why';

/** Why a value of a form went where it did, in a few words. */
export const why = ({ kind }: MatchReason): string => {
	switch (kind) {
		case 'type':
			return 'the type of the question says so';
		case 'words':
			return 'the label names it among other words';
		case 'mention':
			return 'the question mentions it, and the answer looks like one';
		case 'group':
			return 'the group it stands in says so';
		case 'value':
			return 'the label says nothing, and the answer looks like one';
		case 'parts':
			return 'put together of its parts';
		case 'sender':
			return 'of the one who wrote or called';
		case 'line':
			return 'a line of the text';
		case 'ofOther':
			return "somebody else's or the company's own";
		case 'ofThing':
			return 'of a thing and not of the person';
		case 'ofVisit':
			return 'of the visit and not of the person';
	}
};
