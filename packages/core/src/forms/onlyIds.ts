import { normalizeKey } from '../text/text';
import type { Answer } from './answer';
import { isEmpty } from '../reading/coerce';

/** A notification is short. */
const most = 40;

const ofId = /(?:^|[^A-Za-z])[iI][dD]s?$|[a-z]I[dD]s?$/;
/** What a notification says besides: what happened, when and where. */
const ofNews =
	/^(?:event|eventtype|eventname|type|kind|action|object|entity|module|topic|hook|field|verb|operation|domain|server|serverendpoint|clientendpoint|scope|status|version|api_?version|ts|time|timestamp|date|created|createdat|createdtime|updatedat|modified|attempt|expires|expiresin)$/;

/** How a program calls a fact about what happened. */
const ofMachine =
	/(?:[a-z](?:At|Type|Time|Date|Number|Flag|Source|Status|Count|Hash|Version|Action|Event|Topic|Name))$|_(?:at|type|time|date|flag|source|status|count|hash|version|action|event|topic)$/;
const isWord = (value: unknown): boolean => typeof value !== 'string' || /^[\w.:+-]{1,60}$/.test(value);

/** The name of the id, where a payload holds ids and news and nothing else of anybody: it is to be fetched first. */
export const onlyIdIn = (answers: readonly Answer[]): string | undefined => {
	if (answers.length > most) return undefined;
	const told = answers.filter(({ value }) => !isEmpty(value));
	const ids = told.filter(({ key }) => ofId.test(key));
	const isNews = told.every(
		({ key, value }) =>
			typeof value !== 'object' &&
			(ofId.test(key) || ofNews.test(normalizeKey(key)) || (ofMachine.test(key) && isWord(value))),
	);
	// An id alone at the top may be anybody's.
	const isTold = told.length > ids.length || ids.every(({ from }) => from.includes('.'));
	return ids.length > 0 && isTold && isNews ? ids[0]?.key : undefined;
};
