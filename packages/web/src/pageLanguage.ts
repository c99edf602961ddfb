/** A language that pages are there in. */
export type PageLanguage = 'ar' | 'en';

const spokenIn = (tag: string): PageLanguage | undefined => {
	const [, language] = /^\s*(ar|en)\b/i.exec(tag) ?? [];
	return language?.toLowerCase() as PageLanguage | undefined;
};

const weightOf = (tag: string): number => Number(/;\s*q=([\d.]+)/i.exec(tag)?.[1] ?? 1);

/**
 * In which language a page is shown: the one that its address asks for (`?lang=ar`), else the one of ours that the browser likes
 * best. `accepted`: the header Accept-Language. @default en
 */
export const pageLanguage = (asked: unknown, accepted = ''): PageLanguage => {
	const wanted = typeof asked === 'string' ? spokenIn(asked) : undefined;
	if (wanted !== undefined) return wanted;
	const liked = accepted
		.slice(0, 1000)
		.split(',')
		.filter((tag) => spokenIn(tag) !== undefined && weightOf(tag) > 0)
		.sort((one, other) => weightOf(other) - weightOf(one));
	return spokenIn(liked[0] ?? '') ?? 'en';
};
