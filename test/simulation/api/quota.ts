/**
 * How an API tells what is left of its limit, and how true that is: `bare` names no limit; `uneven` is now and then of another
 * server, that has more left; `generous` is twice as much as is taken.
 */
export interface QuotaPlan {
	readonly family: 'policy' | 'draft7' | 'trio' | 'extended' | 'bare';
	readonly tells: 'truth' | 'zero' | 'plenty' | 'nonsense' | 'uneven' | 'generous';
	/** So long is what the limit counts. @default 1 */
	readonly windowSeconds?: number;
}

/** What is left of `quota` requests in this window, which ends in `resetSeconds`, as the answer of this number tells it. */
interface Counted {
	readonly quota: number;
	readonly left: number;
	readonly number: number;
	readonly resetSeconds: number;
}

/** So many answers come from one server before one of another. */
const inRow = 7;

const countsOf = (
	tells: QuotaPlan['tells'],
	{ quota, left, number }: Counted,
): readonly [quota: string, left: string] => {
	switch (tells) {
		case 'uneven':
			return [String(quota), String(Math.min(quota, Math.max(0, left) + (number % inRow === 0 ? inRow - 1 : 0)))];
		case 'generous':
			return [String(2 * quota), String(Math.max(0, quota + left))];
		case 'truth':
			return [String(quota), String(Math.max(0, left))];
		case 'zero':
			return [String(quota), '0'];
		case 'plenty':
			return ['100000', '99999'];
		case 'nonsense':
			return ['many', '-3'];
	}
};

/** The headers of one answer; an API without a limit tells a large one. */
export const quotaHeaders = (
	{ family, tells, windowSeconds = 1 }: QuotaPlan,
	counted: Counted,
): Readonly<Record<string, string>> => {
	const [most, remaining] = countsOf(tells, counted);
	const { resetSeconds } = counted;
	switch (family) {
		case 'bare':
			return { ratelimit: `"second";r=${remaining};t=${resetSeconds}` };
		case 'policy':
			return {
				'ratelimit-policy': `"second";q=${most};w=${windowSeconds}`,
				ratelimit: `"second";r=${remaining};t=${resetSeconds}`,
			};
		case 'draft7':
			return { ratelimit: `limit=${most}, remaining=${remaining}, reset=${resetSeconds}` };
		case 'trio':
			return {
				'ratelimit-limit': most,
				'ratelimit-remaining': remaining,
				'ratelimit-reset': String(resetSeconds),
			};
		case 'extended':
			return {
				'x-ratelimit-limit': most,
				'x-ratelimit-remaining': remaining,
				'x-ratelimit-reset': String(resetSeconds),
			};
	}
};
