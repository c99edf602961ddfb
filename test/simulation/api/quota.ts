/** How an API tells what is left of its limit, and how true that is. */
export interface QuotaPlan {
	readonly family: 'policy' | 'draft7' | 'trio' | 'extended';
	readonly tells: 'truth' | 'zero' | 'plenty' | 'nonsense';
	/** So long is what the limit counts. @default 1 */
	readonly windowSeconds?: number;
}

const countsOf = (tells: QuotaPlan['tells'], quota: number, left: number): readonly [quota: string, left: string] => {
	switch (tells) {
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

/**
 * The headers of one answer. `left`: what is left of `quota` requests in this window, which ends in `resetSeconds`; an API without a
 * limit tells a large one.
 */
export const quotaHeaders = (
	{ family, tells, windowSeconds = 1 }: QuotaPlan,
	quota: number,
	left: number,
	resetSeconds: number,
): Readonly<Record<string, string>> => {
	const [most, remaining] = countsOf(tells, quota, left);
	switch (family) {
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
