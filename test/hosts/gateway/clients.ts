import { pause } from '../until';

/** One lead of a plain HTTP client. */
export interface Person {
	readonly key: string;
	readonly phone: string;
	/** Whose lead it is; left out: that of the first account. */
	readonly apiKey?: string;
	readonly organizationId?: string;
}

/** What a client knows of its lead in the end. */
export interface End {
	readonly status: number;
	readonly id: string;
	readonly replayed: boolean;
}

const headers = {
	'x-api-key': 'key-1',
	organizationid: '686f894eaf67193dd6e124ce',
	'content-type': 'application/json',
} as const;

export const people = (count: number, series: number): readonly Person[] =>
	Array.from({ length: count }, (_, index) => ({
		key: `lead-${series}-${index}`,
		phone: `+2010${series}${String(index).padStart(7, '0')}`,
	}));

const ask = async (url: string, init: RequestInit): Promise<Response | undefined> =>
	await fetch(url, { ...init, signal: AbortSignal.timeout(40_000) }).catch(() => undefined);

/**
 * Gives a lead as the gateway's README asks: again with the same key where no answer came or nothing was kept, at the next
 * gateway; and asks for it where it was taken, until its end is known.
 */
export const give = async (
	baseUrls: readonly string[],
	{ key, phone, apiKey, organizationId }: Person,
): Promise<End> => {
	const mine = {
		...headers,
		...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
		...(organizationId === undefined ? {} : { organizationid: organizationId }),
	};
	let id = '';
	let replayed = false;
	const statuses: string[] = [];
	for (let round = 0; round < 600; round++) {
		const baseUrl = baseUrls[round % baseUrls.length] ?? '';
		const answer =
			id === ''
				? await ask(`${baseUrl}/leads`, {
						method: 'POST',
						headers: { ...mine, 'idempotency-key': key, prefer: 'wait=5' },
						body: JSON.stringify({ leadInformation: { firstName: 'Mona', phone } }),
					})
				: await ask(`${baseUrl}/leads/${id}`, { headers: { ...mine, prefer: 'wait=5' } });
		await answer?.text().catch(() => '');
		statuses.push(`${id === '' ? 'POST' : 'GET'} ${answer?.status ?? 'silence'}`);
		// What the API itself answered is the end of it, whichever status that has.
		const hasEnded = answer?.headers.get('x-gateway-outcome') != null;
		if (answer === undefined || (!hasEnded && (answer.status === 503 || answer.status === 500))) {
			await pause(200);
			continue;
		}
		// The store did not say whether it took the lead, and it did not: the key makes one lead of both calls.
		if (id !== '' && answer.status === 404 && !hasEnded) {
			id = '';
			continue;
		}
		replayed ||= answer.headers.get('idempotent-replayed') === 'true';
		const told = answer.headers.get('x-gateway-lead') ?? id;
		// That the store did not say whether it took the lead is no end: its id tells by and by.
		if (hasEnded || (answer.status !== 202 && answer.status !== 504))
			return { status: answer.status, id: told, replayed };
		id = told;
		await pause(50);
	}
	throw new Error(`The lead of ${phone} has no end, and its client heard last: ${statuses.slice(-5).join(', ')}`);
};

/** Does `work` for all, so many at once. */
export const inLanes = async <Item, Result>(
	items: readonly Item[],
	lanes: number,
	work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> => {
	const results: Result[] = [];
	let next = 0;
	await Promise.all(
		Array.from({ length: lanes }, async () => {
			for (let index = next++; index < items.length; index = next++)
				results[index] = await work(items[index] as Item, index);
		}),
	);
	return results;
};
