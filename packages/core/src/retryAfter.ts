/** Longest wait that is told; a server that names a longer one means "not any more". */
const yearMs = 365 * 24 * 60 * 60 * 1000;

/**
 * Retry-After (RFC 9110, 10.2.3) in milliseconds from now, a year at most: whole seconds, or an HTTP date seen from `nowMs`.
 * A date that has passed is 0; anything else is null. Fractions of a second, which some servers send, are taken.
 */
export const readRetryAfterMs = (header: string | null | undefined, nowMs: number): number | null => {
	const text = header?.trim() ?? '';
	if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(yearMs, Math.ceil(Number(text) * 1000));
	// Every form of HTTP date begins with a day's name; Date.parse alone would take "-5" for a year.
	if (!/^[A-Z][a-z]{2,8},? /.test(text)) return null;
	// The oldest form, asctime, names no zone: HTTP means UTC, Date.parse this machine's.
	const date = Date.parse(/ GMT$/.test(text) ? text : `${text} GMT`);
	return Number.isNaN(date) ? null : Math.min(yearMs, Math.max(0, date - nowMs));
};
