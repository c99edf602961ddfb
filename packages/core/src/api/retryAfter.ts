/** Longest wait that is told; a server that names a longer one means "not any more". */
const yearMs = 365 * 24 * 60 * 60 * 1000;

/** An HTTP date (RFC 9110, 5.6.7) in milliseconds since 1970; null where a text is none. */
export const readHttpDateMs = (text: string): number | null => {
	// Every form of HTTP date begins with a day's name; Date.parse alone would take "-5" for a year.
	if (!/^[A-Z][a-z]{2,8},? /.test(text)) return null;
	// The oldest form, asctime, names no zone: HTTP means UTC, Date.parse this machine's.
	const date = Date.parse(/ GMT$/.test(text) ? text : `${text} GMT`);
	return Number.isNaN(date) ? null : date;
};

/**
 * Retry-After (RFC 9110, 10.2.3) in milliseconds, a year at most: whole seconds, or an HTTP date. A date counts from the
 * answer's own `date` header, since the clocks of two machines may be hours apart; without one from `nowMs` since 1970,
 * and without either it says nothing. A date that has passed is 0; anything else is null. Fractions of a second, which
 * some servers send, are taken.
 */
export const readRetryAfterMs = (
	header: string | null | undefined,
	date?: string | null,
	nowMs?: number,
): number | null => {
	const text = header?.trim() ?? '';
	if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(yearMs, Math.ceil(Number(text) * 1000));
	const until = readHttpDateMs(text);
	const from = readHttpDateMs(date?.trim() ?? '') ?? nowMs;
	return until === null || from === undefined ? null : Math.min(yearMs, Math.max(0, until - from));
};
