/**
 * Retry-After (RFC 9110, 10.2.3) in milliseconds from now: whole seconds, or an HTTP date seen from `nowMs`.
 * A date that has passed is 0; anything else is null. Fractions of a second, which some servers send, are taken.
 */
export const readRetryAfterMs = (header: string | null | undefined, nowMs: number): number | null => {
	const text = header?.trim() ?? '';
	if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	// Every form of HTTP date begins with a day's name; Date.parse alone would take "-5" for a year.
	if (!/^[A-Z][a-z]{2,8},? /.test(text)) return null;
	const date = Date.parse(text);
	return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
};
