import { memoize } from '../../text/memoize';
import { type Role, roleOfName } from './roleWords';

/** Of whom or what a value is, by all the groups that it stands in. */
export interface Standing {
	readonly role: Role | undefined;
	/** The name of the group that says so. */
	readonly group?: string;
}

const none: Standing = { role: undefined };

/** What a group within another one is: an agent's contact is the agent's, an event's guest is a person, a guest's unit a thing. */
const within = (outer: Standing, group: string): Standing => {
	const role = roleOfName(group);
	if (role === undefined) return outer;
	const own: Standing = { role, group };
	switch (outer.role) {
		case 'other':
			// Of an agency's leads each is a person; its contact is one of its own people.
			return role === 'person' ? own : outer;
		case 'person':
		case 'contact':
			return role === 'place' || role === 'thing' || role === 'other' || role === 'visit' || role === 'device'
				? own
				: outer;
		case 'place':
			return role === 'person' || role === 'other' ? own : outer;
		case 'visit':
		case 'device':
			return role === 'person' ? own : outer;
		default:
			return own;
	}
};

/** How many groups are looked at, from the top. */
const deepest = 24;

/** The standing of what stands in `path`, its groups joined by dots and without the value's own name. */
export const standingIn = (path: string): Standing => (path === '' ? none : standingOf(withoutPlaces(path)));

const standingOf = memoize((path: string): Standing => path.split('.').slice(0, deepest).reduce(within, none), {
	longest: 200,
});

const places = /\.\d+(?=\.|$)/g;
/** Which entry of a list it is says nothing: of all rows it is known at once. */
const withoutPlaces = (path: string): string => (place.test(path) ? path.replace(places, '') : path);
const place = /\.\d/;

/** The path of the groups that a value stands in. */
export const groupsOf = (from: string): string => {
	const at = from.lastIndexOf('.');
	return at < 0 ? '' : from.slice(0, at);
};
