/** An answer of the server; `same`: what is there already; `problem`: why there is none, in words. */
export type Asked<Answer> =
	| { readonly kind: 'answer'; readonly answer: Answer; readonly etag?: string }
	| { readonly kind: 'same' }
	| { readonly kind: 'problem'; readonly message: string };

/** Of questions that overlap, only the answer to the one that was asked last counts; undefined: it was not the last. */
export const createLastAsked = (): (<Answer>(asking: Promise<Answer>) => Promise<Answer | undefined>) => {
	let count = 0;
	return async (asking) => {
		const mine = ++count;
		const answer = await asking;
		return mine === count ? answer : undefined;
	};
};
