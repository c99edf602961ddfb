import { isMadeOfBody, slicesBefore } from '../../../packages/core/src';

/** `text`: of a lead's key, whose last part is the ID of a submission where it is known by that. */
const isOfADay = (text: string): boolean => {
	const [, , by, , id] = JSON.parse(text) as readonly (string | undefined)[];
	return by === 'submission' && id !== undefined && isMadeOfBody(id);
};

/**
 * The names under which a key may stand in the record, the one of now first: a form without an ID of its own is known by
 * its body for a day, since later somebody may mean the same again. Every other key has one name.
 */
export const namesOfADay = (text: string, nowMs: number): readonly [string, ...string[]] => {
	if (!isOfADay(text)) return [text];
	const [present, ...earlier] = slicesBefore(nowMs);
	return [`${text}@${present}`, ...earlier.map((slice) => `${text}@${slice}`)];
};
