import type { Headers } from '../outcome/outcome';
import { headerOf } from './headerOf';
import { fieldItems, type FieldItem } from './structuredItems';
import { readHttpDateMs } from './retryAfter';

/** What a server says beside its answer of how many requests it still takes. */
export interface AvailableQuota {
	/** How many more requests are taken until the reset; whole, 0 or more. */
	readonly remaining: number;
	/** How many each window takes; null where it is not told. */
	readonly quota: number | null;
	/** In how many milliseconds more are taken, from this answer on. */
	readonly resetMs: number;
	/** How long a window is, in milliseconds; null where it is not told. */
	readonly windowMs: number | null;
}

/** No server in its right mind writes more; what is longer is not looked at. */
const longestValue = 512;
/** Reset times are seconds from now, or since 1970: since 2001 there have been more than this. */
const leastEpochSeconds = 1e9;
const leastEpochMs = 1e12;
const name = /^(?:(x-)rate-?limit-(limit|remaining|reset)|ratelimit(?:-(policy|limit|remaining|reset))?)$/i;

type Family = Readonly<Partial<Record<'limit' | 'remaining' | 'reset', string>>>;
interface Found {
	readonly own: Family & { readonly current?: string; readonly policy?: string };
	readonly extended: Family;
}

/** All of them in one walk, since they are looked for in every answer and most have none. */
const findFields = (headers: Headers): Found | undefined => {
	let found: { own: Record<string, string>; extended: Record<string, string> } | undefined;
	for (const [key, value] of Object.entries<unknown>(headers ?? {})) {
		const matched = key.length > 22 ? null : name.exec(key);
		if (matched === null) continue;
		const first: unknown = Array.isArray(value) ? value[0] : value;
		const text = typeof first === 'number' ? String(first) : first;
		if (typeof text !== 'string' || text.length > longestValue) continue;
		found ??= { own: {}, extended: {} };
		if (matched[1] !== undefined) found.extended[(matched[2] ?? '').toLowerCase()] = text;
		else found.own[matched[3]?.toLowerCase() ?? 'current'] = text;
	}
	return found;
};

/** A count, 0 or more; fractions, which some servers send, are rounded down. */
const countOf = (text: string | undefined): number | null =>
	text !== undefined && /^\s*\d{1,15}(?:\.\d{1,15})?\s*$/.test(text) ? Math.floor(Number(text)) : null;

const secondsOf = (text: string | undefined): number | null =>
	text !== undefined && /^\s*\d{1,15}(?:\.\d{1,15})?\s*$/.test(text) ? Number(text) * 1000 : null;

/** Seconds from now, or a time: of that one is the answer's own Date, since the clocks of two machines may differ. */
const resetMsOf = (text: string | undefined, headers: Headers): number | null => {
	const asNumber = secondsOf(text);
	if (asNumber !== null && asNumber < leastEpochSeconds * 1000) return asNumber;
	const from = readHttpDateMs(headerOf(headers, 'date')?.trim() ?? '');
	const until =
		asNumber === null
			? readHttpDateMs(text?.trim() ?? '')
			: asNumber >= leastEpochMs * 1000
				? asNumber / 1000
				: asNumber;
	return from === null || until === null ? null : Math.max(0, until - from);
};

/** Only requests are counted here: a policy for bytes or for requests at once says nothing of how many may leave. */
const isOfRequests = ({ parameters }: FieldItem): boolean => {
	const unit = parameters.qu;
	return unit === undefined || unit === 'requests' || unit === 'request';
};

const quotaOf = (policy: FieldItem | undefined): Pick<AvailableQuota, 'quota' | 'windowMs'> => ({
	// Until draft 7 a policy's value was its quota itself.
	quota: policy === undefined ? null : countOf(policy.parameters.q ?? policy.value),
	windowMs: secondsOf(policy?.parameters.w),
});

const tightest = (claims: readonly (AvailableQuota | null)[]): AvailableQuota | null =>
	claims.reduce(
		(least, claim) => (claim !== null && (least === null || claim.remaining < least.remaining) ? claim : least),
		null,
	);

const claimOf = (
	remaining: number | null,
	resetMs: number | null,
	{ quota, windowMs }: Pick<AvailableQuota, 'quota' | 'windowMs'>,
): AvailableQuota | null => {
	const untilMs = resetMs ?? windowMs;
	if (remaining === null || untilMs === null || (quota !== null && (quota === 0 || remaining > quota))) return null;
	return { remaining, quota, resetMs: untilMs, windowMs };
};

/** `RateLimit: "default";r=50;t=30`, or as in draft 7 `limit=100, remaining=50, reset=30`. */
const readCurrent = (current: string, policies: readonly FieldItem[]): AvailableQuota | null => {
	const items = fieldItems(current);
	const older = Object.fromEntries(items.map(({ value }) => value.split('=', 2)).filter((pair) => pair.length === 2));
	if (older.remaining !== undefined)
		return claimOf(countOf(older.remaining), secondsOf(older.reset), {
			...quotaOf(policies[0]),
			quota: countOf(older.limit),
		});
	return tightest(
		items.map(({ value, parameters }) => {
			const policy = policies.find((each) => each.value === value);
			if (policy !== undefined && !isOfRequests(policy)) return null;
			return claimOf(countOf(parameters.r), secondsOf(parameters.t), quotaOf(policy));
		}),
	);
};

/** `RateLimit-Limit: 100`, also with its policies behind it: `100, 100;w=60`. */
const readTrio = (
	{ limit, remaining, reset }: Family,
	policies: readonly FieldItem[],
	headers: Headers,
): AvailableQuota | null => {
	const items = limit === undefined ? [] : fieldItems(limit);
	const quota = countOf(items[0]?.value);
	const policy = [...items.slice(1), ...policies].find((each) => countOf(each.value) === quota);
	return claimOf(countOf(remaining), resetMsOf(reset, headers), { ...quotaOf(policy), quota });
};

/**
 * Reads the headers by which servers tell how much of a limit is left; null where none does, or what is there makes no sense:
 * `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers, 10 and 7), the three `RateLimit-` fields of the
 * drafts before, and `X-RateLimit-`, in this order.
 */
export const readAvailableQuota = (headers: Headers): AvailableQuota | null => {
	const found = findFields(headers);
	if (found === undefined) return null;
	const { own, extended } = found;
	const policies = own.policy === undefined ? [] : fieldItems(own.policy);
	return (
		(own.current === undefined ? null : readCurrent(own.current, policies)) ??
		readTrio(own, policies, headers) ??
		readTrio(extended, [], headers)
	);
};
