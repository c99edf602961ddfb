import { type Reply, withoutKeyInside } from '../../../packages/core/src';

/** As much as somebody reads in an error; n8n keeps it with the execution. */
const longest = 1000;

/** What the API answered, in its own words and without the key, for whoever looks into a failure; undefined: nothing. */
export const answerText = (reply: Reply | undefined, apiKey: string): string | undefined => {
	if (reply === undefined) return undefined;
	// First the key and then the end, or half of a key would be left.
	const clean = withoutKeyInside(reply, apiKey.trim());
	if ('fault' in clean) return undefined;
	const { body } = clean;
	const text = (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).replace(/\s+/g, ' ').trim();
	if (text === '') return undefined;
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
};
