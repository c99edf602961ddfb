/** How an API tells what is left of its limit, and how true that is. */
export interface QuotaPlan {
	readonly family: 'policy' | 'draft7' | 'trio' | 'extended';
	readonly tells: 'truth' | 'zero' | 'plenty' | 'nonsense';
}

const resetSeconds = 1;

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

/** The headers of one answer. `left`: what is left of `quota` requests in this second; an API without a limit tells a large one. */
export const quotaHeaders = (
	{ family, tells }: QuotaPlan,
	quota: number,
	left: number,
): Readonly<Record<string, string>> => {
	const [most, remaining] = countsOf(tells, quota, left);
	switch (family) {
		case 'policy':
			return {
				'ratelimit-policy': `"second";q=${most};w=${resetSeconds}`,
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
