import { memoize } from './memoize';
/** Letters and digits as people type them, in English and Arabic, made comparable. */

const arabicZero = 0x0660;
const persianZero = 0x06f0;

const easternDigit = /[\u0660-\u0669\u06f0-\u06f9]/;
const easternDigits = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Arabic-Indic and Persian digits as 0 to 9; everything else stays. */
export const westernDigits = (text: string): string =>
	easternDigit.test(text)
		? text.replace(easternDigits, (digit) => {
				const code = digit.charCodeAt(0);
				return String(code - (code >= persianZero ? persianZero : arabicZero));
			})
		: text;

/**
 * Marks that steer the direction of writing and other characters of no width; they travel unseen with copied text. Not
 * the two joiners (200c, 200d): Persian spelling and many emoji are made with them.
 */
const unseen = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;

/** What no text of a person holds, and what databases refuse: NUL and its like (not the breaks of lines), halves of a character. */
const broken = /[^\P{Cc}\t\n\r]|\p{Cs}/gu;

/** Most keys and texts hold nothing of this, and the long way costs ten times as much. */
const beyondPlain = /[\p{Cc}\u{80}-\u{10ffff}]/u;

// The builds make a pattern with properties of Unicode anew each time where it stands in a function.
const noWord = /[^\p{L}\p{N}]+/gu;
const betweenWords = /[^\p{L}\p{N}\p{M}]+/u;

/** Text without unseen and broken characters and without space around it. */
export const clean = (text: string): string =>
	beyondPlain.test(text) ? text.replace(unseen, '').replace(broken, '').trim() : text.trim();

/** A text without the accents of Latin letters, which people leave away: prénom is prenom. */
const unaccented = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/[\u0300-\u036f]/g, '')
		.normalize('NFKC');

/**
 * A key or label reduced to what tells it from others: case, width, accents, spaces, punctuation, tatweel, Arabic vowel
 * signs and the spellings of alef, ta marbuta and alef maqsura do not count. `"E-Mail *"` and `"email"` give the same.
 */
export const normalizeKey = memoize((key: string): string => {
	if (!beyondPlain.test(key)) return key.toLowerCase().replace(/[^a-z0-9]+/g, '');
	return westernDigits(unaccented(key))
		.toLowerCase()
		.replace(/[\u064b-\u065f]|\u0640|\u0670/g, '')
		.replace(/[أإآٱ]/g, 'ا')
		.replace(/ة/g, 'ه')
		.replace(/ى/g, 'ي')
		.replace(noWord, '');
});

/** The words of a key or label, each made comparable; `contactPhone_2` has three. */
export const wordsOf = memoize((text: string): readonly string[] =>
	text
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.split(betweenWords)
		.map(normalizeKey)
		.filter((word) => word !== ''),
);

/** Text cut to `length` characters for showing, with an ellipsis where something is missing. */
export const shorten = (text: string, length = 80): string =>
	text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** How many letters must be added, taken away, replaced or swapped with a neighbor to make one word of the other. */
export const editDistance = (a: string, b: string): number => {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let best = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
			if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] ?? best) + 1);
			row.push(best);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
};
