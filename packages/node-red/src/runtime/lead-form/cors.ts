/** The headers that let a website's own script read the answer; none where its site is not among the allowed ones. */
export const corsHeaders = (
	origin: string | undefined,
	origins: readonly string[],
): Readonly<Record<string, string>> => {
	if (origin === undefined || origins.length === 0) return {};
	const isAllowed = origins.includes('*') || origins.includes(origin.toLowerCase());
	return isAllowed ? { 'access-control-allow-origin': origin, vary: 'Origin' } : { vary: 'Origin' };
};

/** What a browser asks before a script may send JSON; it remembers the answer for ten minutes. */
export const preflightHeaders: Readonly<Record<string, string>> = {
	'access-control-allow-methods': 'POST',
	'access-control-allow-headers': 'content-type, authorization, x-token',
	'access-control-max-age': '600',
};
