import { finish, type Steps } from '../text/steps';
import { keysOf } from '../text/keys';
import { opened } from './flatten';
import { isSecretKey } from './match/secret';
import type { Part } from './parts';

type Groups = readonly (readonly [key: string, group: object])[];

const known = new WeakMap<Part, Groups>();

const stride = 512;

/** `groupsIn`, giving way within an object of thousands of values. */
export function* groupsInSteps(part: Part): Steps<Groups> {
	const before = known.get(part);
	if (before !== undefined) return before;
	const groups: (readonly [string, object])[] = [];
	let left = stride;
	for (const key of keysOf(part)) {
		const value = opened(key, part[key]);
		if (typeof value === 'object' && value !== null && !isSecretKey(key)) groups.push([key, value]);
		if (--left > 0) continue;
		left = stride;
		yield;
	}
	known.set(part, groups);
	return groups;
}

/**
 * What an object holds that holds more itself, lists and text of a whole form among it, in its order. Sought once: of a form of
 * a hundred thousand answers few are such.
 */
export const groupsIn = (part: Part): Groups => known.get(part) ?? finish(groupsInSteps(part));
