import { isRecord } from '../text/json';
import type { Answer } from './answer';
import { flatten, flattened } from './flatten';
import { groupsIn } from './groups';
import type { Part } from './parts';
import { reaches } from './rows';
import { withoutPath } from './withoutPath';

/** Names by which tools call whatever happened or came to them; elsewhere they are of something that is held or sold. */
const envelopes = /^(?:events?|items?)$/i;
/** What a real event or item has and a person has not. */
const ofThing =
	/^(?:(?:start|end)[-_ ]?(?:s|at|date|time|datetime)?|starts[-_ ]?at|ends[-_ ]?at|venue|location[-_ ]?name|organi[sz]er|host|capacity|price|cost|sku|qty|quantity|stock|currency)$/i;

/** The one group of an object that has no other, with its name. */
const onlyGroup = (part: Part): readonly [key: string, group: Part] | undefined => {
	const [only, ...others] = groupsIn(part);
	if (only === undefined || others.length > 0) return undefined;
	const [key, group] = only;
	return isRecord(group) ? [key, group] : undefined;
};

const deepest = 6;

/**
 * A person in the only group of a payload whose name is of a thing, `{ type: "contact.created", data: { item: { … } } }`: the
 * group is what came, and no thing with a contact of its own. Undefined where there is none, and where a person is told
 * without it.
 */
export const envelopedIn = (
	payload: Part,
): { readonly inner: Part; readonly beside: readonly Answer[] } | undefined => {
	const path: string[] = [];
	let part = payload;
	for (let level = 0; level < deepest; level++) {
		const only = onlyGroup(part);
		if (only === undefined) return undefined;
		const [key, group] = only;
		path.push(key);
		part = group;
		if (!envelopes.test(key)) continue;
		if (Object.keys(group).some((name) => ofThing.test(name)) || !reaches(flatten(group))) return undefined;
		return reaches(flattened(payload)) ? undefined : { inner: group, beside: flatten(withoutPath(payload, path)) };
	}
	return undefined;
};
