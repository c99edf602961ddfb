import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API that misbehaves by a seed until it is told to be well, and keeps what it created and by whose key. */
export interface UnsteadyApi {
	readonly baseUrl: string;
	/** From here on every lead is created. */
	readonly recover: () => void;
	/** Refuses this key for so long. */
	readonly refuse: (key: string, forMs: number) => void;
	/** How often each phone was created. */
	readonly created: ReadonlyMap<string, number>;
	/** By whose key each phone was sent. */
	readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
	/** How many requests came. */
	readonly requests: () => number;
	readonly close: () => Promise<void>;
}

type Whim = 'create' | 'createAndCut' | 'cut' | 'error' | 'busy' | 'limit';

/** How often each happens, of a hundred. */
const whims: readonly (readonly [share: number, Whim])[] = [
	[66, 'create'],
	[8, 'createAndCut'],
	[5, 'cut'],
	[6, 'error'],
	[6, 'busy'],
	[9, 'limit'],
];

const whimOf = (roll: number): Whim => {
	let left = roll * 100;
	for (const [share, whim] of whims) {
		if (left < share) return whim;
		left -= share;
	}
	return 'create';
};

export const openUnsteadyApi = async (random: () => number): Promise<UnsteadyApi> => {
	const created = new Map<string, number>();
	const keys = new Map<string, Set<string>>();
	const refusedUntilMs = new Map<string, number>();
	let isWell = false;
	let requests = 0;
	const answer = (response: ServerResponse, status: number, body: object, headers = {}): void => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
	};
	const meet = (response: ServerResponse, whim: Whim, phone: string, organization: unknown): void => {
		const isCreated = whim === 'create' || whim === 'createAndCut';
		const count = (created.get(phone) ?? 0) + (isCreated ? 1 : 0);
		if (isCreated) created.set(phone, count);
		if (whim === 'createAndCut' || whim === 'cut') return void response.destroy();
		if (whim === 'error') return answer(response, 500, { statusCode: 500, message: 'It broke' });
		if (whim === 'busy') return answer(response, 503, { statusCode: 503, message: 'Busy' }, { 'retry-after': '1' });
		if (whim === 'limit') return answer(response, 429, { statusCode: 429, message: 'Slowly' }, { 'retry-after': '1' });
		answer(response, 201, { _id: `${phone}-${count}`, leadNumber: created.size, realmId: organization });
	};
	const server = createServer((request, response) => {
		let text = '';
		request.setEncoding('utf8').on('data', (part: string) => (text += part));
		request.on('end', () => {
			const key = String(request.headers['x-api-key']);
			requests++;
			const { phone } = (JSON.parse(text) as { leadInformation: { phone: string } }).leadInformation;
			keys.set(phone, (keys.get(phone) ?? new Set()).add(key));
			if (!isWell && (refusedUntilMs.get(key) ?? 0) > performance.now())
				return answer(response, 401, { statusCode: 401, message: 'The key has expired' });
			const whim = isWell ? 'create' : whimOf(random());
			setTimeout(() => meet(response, whim, phone, request.headers.organizationid), random() * 80);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
		recover: () => {
			isWell = true;
		},
		refuse: (key, forMs) => {
			refusedUntilMs.set(key, performance.now() + forMs);
		},
		created,
		keys,
		requests: () => requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
};
