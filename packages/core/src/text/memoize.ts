/**
 * A function of a text that keeps its latest answers: a list of leads asks about the same few keys thousands of times.
 * Texts of more than `longest` characters are not kept, nor more than `most` answers at once.
 */
export const memoize = <Result>(
	of: (text: string) => Result,
	{ longest = 80, most = 2000 } = {},
): ((text: string) => Result) => {
	let known = new Map<string, Result>();
	return (text) => {
		if (text.length > longest) return of(text);
		const before = known.get(text);
		// That a text has no meaning is an answer too.
		if (before !== undefined || known.has(text)) return before as Result;
		const result = of(text);
		if (known.size === most) known = new Map();
		known.set(text, result);
		return result;
	};
};
