import { isPersonal, type Meaning } from './labels';
import type { Role } from './roleWords';

const names: ReadonlySet<Meaning> = new Set<Meaning>(['leadInformation.firstName', 'leadInformation.lastName']);
/** What every thing has: a name, a title, a text. */
const ofAnything: ReadonlySet<Meaning> = new Set<Meaning>([
	'fullName',
	'leadInformation.title',
	'leadInformation.salutation',
	'leadDescription',
	'region',
]);

/** Whether a value is kept from a field of the lead by whose it is: an agent's phone, a property's city, a page's title; `isBare` where it is called by one word, as things call their own. */
export const guards = (role: Role, meaning: Meaning, isBare = true): boolean => {
	switch (role) {
		case 'other':
			return isPersonal(meaning) || meaning === 'leadDescription' || meaning === 'leadSource';
		case 'place':
		case 'thing':
			// A form that is called after a listing still asks for a first name; nothing that is sold has one.
			return !names.has(meaning) && (isPersonal(meaning) || ofAnything.has(meaning));
		case 'location':
			return ofAnything.has(meaning) || (meaning !== undefined && meaning.includes('.address.'));
		case 'frame':
			return ofAnything.has(meaning) && meaning !== 'region' && (isBare || meaning !== 'leadInformation.title');
		case 'record':
			return isBare && meaning === 'leadInformation.title';
		case 'visit':
		case 'device':
			return true;
		case 'person':
		case 'contact':
		case 'user':
			return false;
	}
};
