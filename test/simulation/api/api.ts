import type { Random } from '../kernel/random';
import type { Scheduler } from '../kernel/scheduler';
import { quotaHeaders, type QuotaPlan } from './quota';

/** How the API misbehaves for a while. */
export type Weather =
	| 'away'
	| 'slow'
	| '401'
	| '403'
	| '429'
	| '500'
	| '503'
	| '408'
	| 'lostBefore'
	| 'lostAfter'
	| 'garbage'
	| 'redirect';

/** What an answer says of how long to wait: nothing, seconds, a date, a word that means nothing, or each time something else. */
export type RetryAfter =
	| { readonly kind: 'none' | 'nonsense' | 'varied' }
	| { readonly kind: 'seconds' | 'date'; readonly seconds: number };

export interface ApiSpell {
	readonly weather: Weather;
	/** Of so many requests. */
	readonly share: number;
	/** Of this key or this organization alone. */
	readonly key?: string;
	readonly organizationId?: string;
	/** Of leads whose names begin so. */
	readonly lead?: string;
	readonly asked?: RetryAfter;
	readonly untilMs: number;
}

/** How long the API takes: `ofOneMs`, give or take `spread` of it, and more by as much as more than `atOnce` are on their way. */
export interface Strain {
	readonly ofOneMs: number;
	readonly spread: number;
	readonly atOnce: number;
}

/** One request as it arrived. */
export interface Arrival {
	readonly number: number;
	readonly lead: string;
	readonly phone: string;
	readonly key: string;
	readonly organizationId: string;
	readonly from: string;
	readonly atMs: number;
	created: boolean;
	/** What it was answered, once that was on its way back. */
	status: number | undefined;
	/** Whether its sender got the answer. */
	told: 'pending' | 'answered' | 'lost';
}

export interface Response {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** What happens to one request: it never arrives, or is answered after a while, or its answer is lost. */
export type Fate =
	| { readonly kind: 'notReached' }
	| { readonly kind: 'answered'; readonly response: Response; readonly inMs: number }
	| { readonly kind: 'lost'; readonly inMs: number; readonly isTimeout: boolean };

export interface Api {
	readonly arrivals: readonly Arrival[];
	readonly spell: (spell: ApiSpell) => void;
	readonly heal: () => void;
	/** A key that works, in these organizations. */
	readonly grant: (key: string, organizationIds: readonly string[]) => void;
	readonly revoke: (key: string) => void;
	readonly takes: (key: string) => boolean;
	/** So many leads of one key in a second, or in the window that the quota names. 0: no limit. */
	readonly limit: (most: number, quota?: QuotaPlan) => void;
	/** It takes the longer the more are on their way; left out: no longer. */
	readonly strain: (strain: Strain | undefined) => void;
	/** What a request meets that leaves now. */
	readonly meet: (request: {
		readonly headers: Readonly<Record<string, string>>;
		readonly body: string;
		readonly from: string;
		readonly timeoutMs: number;
	}) => { readonly fate: Fate; readonly arrival: Arrival | undefined };
	/** By lead and by phone, what was created. */
	readonly created: () => readonly Arrival[];
}

const json = { 'content-type': 'application/json' } as const;
const says = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response => ({
	status,
	headers: { ...json, ...headers },
	body: JSON.stringify({ statusCode: status, message }),
});

export const createApi = (scheduler: Scheduler, random: Random): Api => {
	const arrivals: Arrival[] = [];
	let strain: Strain | undefined;
	/** When those are answered that are on their way. */
	let answeredAtMs: number[] = [];
	const keys = new Map<string, readonly string[]>();
	let spells: ApiSpell[] = [];
	let most = 0;
	let quota: QuotaPlan | undefined;
	let windowMs = 1000;
	/** Leads of one key in the window that is now. */
	const windows = new Map<string, { readonly number: number; count: number }>();
	let leadNumber = 0;

	const askedHeaders = (asked: RetryAfter | undefined): Readonly<Record<string, string>> => {
		switch (asked?.kind) {
			case undefined:
			case 'none':
				return {};
			case 'varied':
				return { 'retry-after': String(random.pick([0, 1, 3, 20, 90])) };
			case 'nonsense':
				return { 'retry-after': 'soon' };
			case 'seconds':
				return { 'retry-after': String(asked.seconds) };
			case 'date':
				return {
					'retry-after': new Date(Math.ceil(scheduler.wallMs() / 1000) * 1000 + asked.seconds * 1000).toUTCString(),
					date: new Date(Math.ceil(scheduler.wallMs() / 1000) * 1000).toUTCString(),
				};
		}
	};
	const spellOf = (key: string, organizationId: string, lead: string): ApiSpell | undefined => {
		const nowMs = scheduler.nowMs();
		return spells.find(
			(spell) =>
				nowMs < spell.untilMs &&
				(spell.key === undefined || spell.key === key) &&
				(spell.organizationId === undefined || spell.organizationId === organizationId) &&
				(spell.lead === undefined || lead.startsWith(spell.lead)) &&
				random.chance(spell.share),
		);
	};
	/** How many more are taken in this window. */
	const takesOf = (key: string): number => {
		if (most === 0) return Number.POSITIVE_INFINITY;
		const number = Math.floor(scheduler.nowMs() / windowMs);
		const before = windows.get(key);
		const window = before?.number === number ? before : { number, count: 0 };
		windows.set(key, window);
		window.count++;
		return most - window.count;
	};
	const resetSeconds = (): number => Math.ceil((windowMs - (scheduler.nowMs() % windowMs)) / 1000);
	const tookMs = (): number => {
		if (strain === undefined) return random.chance(0.1) ? random.int(100, 2000) : random.int(1, 60);
		const { ofOneMs, spread, atOnce } = strain;
		const nowMs = scheduler.nowMs();
		answeredAtMs = answeredAtMs.filter((atMs) => atMs > nowMs);
		const varied = ofOneMs * (1 + spread * (2 * random.next() - 1));
		const inMs = Math.ceil(varied * Math.max(1, (answeredAtMs.length + 1) / atOnce));
		answeredAtMs.push(nowMs + inMs);
		return inMs;
	};
	const withQuota = (response: Response, left: number): Response =>
		quota === undefined
			? response
			: {
					...response,
					headers: {
						...response.headers,
						...quotaHeaders(quota, {
							quota: most === 0 ? 1000 : most,
							left: Math.min(left, 999),
							number: arrivals.length,
							resetSeconds: resetSeconds(),
						}),
					},
				};
	const create = (arrival: Arrival, body: object): Response => {
		arrival.created = true;
		leadNumber++;
		return {
			status: 201,
			headers: json,
			body: JSON.stringify({
				...body,
				_id: `id-${leadNumber}-${arrival.lead}`,
				leadNumber,
				realmId: arrival.organizationId,
			}),
		};
	};
	/** What the API itself says, once a request is there. */
	const answer = (arrival: Arrival, body: object, spell: ApiSpell | undefined): Response => {
		const { key, organizationId } = arrival;
		switch (spell?.weather) {
			case '401':
			case '403':
			case '408':
			case '429':
			case '503':
				return says(Number(spell.weather), `the API said ${spell.weather}`, askedHeaders(spell.asked));
			case 'redirect':
				return { status: 302, headers: { location: 'https://elsewhere.test/' }, body: '' };
			case '500':
				// Nobody can tell from outside whether it created the lead first.
				if (random.chance(0.4)) create(arrival, body);
				return says(500, 'the API broke');
			case 'garbage':
				create(arrival, body);
				return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>hello</html>' };
			default:
		}
		const organizations = keys.get(key);
		if (organizations === undefined) return says(401, 'unknown key');
		if (!organizations.includes(organizationId)) return says(403, 'not in this organization');
		const left = takesOf(key);
		if (left < 0)
			return withQuota(
				says(429, 'too many', random.chance(0.7) ? { 'retry-after': String(resetSeconds()) } : {}),
				left,
			);
		if (/refuse/i.test(arrival.lead)) return withQuota(says(400, 'this lead is refused'), left);
		return withQuota(create(arrival, body), left);
	};

	return {
		arrivals,
		spell: (spell) => {
			spells.push(spell);
		},
		heal: () => {
			spells = [];
			quota = undefined;
			strain = undefined;
		},
		grant: (key, organizationIds) => {
			keys.set(key, organizationIds);
		},
		takes: (key) => keys.has(key),
		revoke: (key) => {
			keys.delete(key);
		},
		limit: (given, tells) => {
			most = given;
			quota = tells;
			windowMs = 1000 * (tells?.windowSeconds ?? 1);
		},
		strain: (given) => {
			strain = given;
		},
		meet: ({ headers, body: text, from, timeoutMs }) => {
			const key = headers['x-api-key'] ?? '';
			const organizationId = headers.organizationId ?? headers.organizationid ?? '';
			const body = JSON.parse(text) as {
				readonly leadInformation: { readonly firstName: string; readonly phone: string };
			};
			const spell = spellOf(key, organizationId, body.leadInformation.firstName);
			if (spell?.weather === 'away') return { fate: { kind: 'notReached' }, arrival: undefined };
			const arrival: Arrival = {
				number: arrivals.length,
				lead: body.leadInformation.firstName,
				phone: body.leadInformation.phone,
				key,
				organizationId,
				from,
				atMs: scheduler.nowMs(),
				created: false,
				status: undefined,
				told: 'pending',
			};
			arrivals.push(arrival);
			const inMs = tookMs();
			switch (spell?.weather) {
				case 'lostBefore':
					return { fate: { kind: 'lost', inMs, isTimeout: random.chance(0.3) }, arrival };
				case 'lostAfter':
					arrival.status = answer(arrival, body, undefined).status;
					return { fate: { kind: 'lost', inMs, isTimeout: random.chance(0.3) }, arrival };
				case 'slow': {
					const inAllMs = random.int(1000, timeoutMs * 2);
					const response = answer(arrival, body, undefined);
					arrival.status = response.status;
					return {
						fate:
							inAllMs > timeoutMs
								? { kind: 'lost', inMs: timeoutMs, isTimeout: true }
								: { kind: 'answered', response, inMs: inAllMs },
						arrival,
					};
				}
				default: {
					const response = answer(arrival, body, spell);
					arrival.status = response.status;
					return { fate: { kind: 'answered', response, inMs }, arrival };
				}
			}
		},
		created: () => arrivals.filter(({ created }) => created),
	};
};
