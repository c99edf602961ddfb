import { memoize } from '../../text/memoize';

/** How Arabic addresses somebody with respect, after what is theirs. */
const respectful =
	/(?<![\p{L}\p{M}])([\p{L}\p{M}]{2,30})[\s_]+(?:حضرتك|حضرتكم|حضراتكم|سيادتك|سيادتكم|سعادتك|سعادتكم|جنابك)(?![\p{L}\p{M}])/gu;
const mayBeRespectful = /حض|سياد|سعاد|جناب/;

/** What websites put into labels: marks of HTML, and its name for a space. */
const html = /<[^<>]{0,200}>|&(?:nbsp|amp|#\d{1,5});/gi;

/** A key as its form shows it, without HTML and space around it. */
export const plainKey = (key: string): string => {
	const isBare = key.length > 300 || !(key.includes('<') || key.includes('&') || key.trim().length < key.length);
	if (isBare) return key;
	const bare = key.replace(html, ' ').trim();
	return bare === '' ? key : bare;
};

/** A label in plain words, in the plain "your", and without HTML: اسم حضرتك is اسمك. */
export const plainLabel = memoize((label: string): string => {
	const text = plainKey(label);
	return mayBeRespectful.test(text)
		? text.replace(respectful, (_, word: string) => `${word.replace(/ة$/, 'ت')}ك`)
		: text;
});
