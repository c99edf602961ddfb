import { createServer, type Server } from 'node:http';

/** What a server with a limit saw; times in ms. */
export interface Limited {
	readonly baseUrl: string;
	readonly counts: () => {
		readonly created: number;
		readonly refused: number;
		readonly phones: number;
		/** From the first request to the last lead, without the time in which this server itself was not let run. */
		readonly tookMs: number;
		/** In which this server itself was not let run: the machine stood still, or was too busy. */
		readonly stalledMs: number;
		/** The longest between two requests, and when it began, since the first one. */
		readonly longestGap: { readonly ms: number; readonly atMs: number };
	};
	readonly close: () => Promise<void>;
}

const tickEveryMs = 100;

/** An API that creates every lead and takes `perSecond`, with a burst of as many; 429 beyond it. It answers `latencyMs` after it did so. */
export const openLimited = async (
	perSecond: number,
	retryAfter: string | undefined,
	latencyMs = 0,
): Promise<Limited> => {
	let tokens = perSecond;
	let lastMs = Date.now();
	let firstMs = 0;
	let created = 0;
	let refused = 0;
	let endMs = 0;
	let stalledMs = 0;
	let endStalledMs = 0;
	let longestGap = { ms: 0, atMs: 0 };
	let tickMs = performance.now();
	const ticks = setInterval(() => {
		const nowMs = performance.now();
		const lateMs = nowMs - tickMs - tickEveryMs;
		tickMs = nowMs;
		if (firstMs > 0 && lateMs > tickEveryMs) stalledMs += lateMs;
	}, tickEveryMs);
	const phones = new Set<string>();
	const server: Server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => {
			body += String(chunk);
		});
		request.on('end', () => {
			const nowMs = Date.now();
			firstMs ||= nowMs;
			const gapMs = created + refused === 0 ? 0 : nowMs - lastMs;
			if (gapMs > longestGap.ms) longestGap = { ms: gapMs, atMs: lastMs - firstMs };
			tokens = Math.min(perSecond, tokens + ((nowMs - lastMs) * perSecond) / 1000);
			lastMs = nowMs;
			if (tokens < 1) {
				refused++;
				response.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
				return;
			}
			tokens--;
			endMs = nowMs;
			endStalledMs = stalledMs;
			phones.add((JSON.parse(body) as { leadInformation: { phone: string } }).leadInformation.phone);
			const answer = JSON.stringify({ _id: String(++created), leadNumber: created });
			const say = (): void => {
				response.writeHead(201, { 'content-type': 'application/json' }).end(answer);
			};
			if (latencyMs === 0) say();
			else setTimeout(say, latencyMs);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {
		baseUrl: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/api/v2`,
		counts: () => ({
			created,
			refused,
			phones: phones.size,
			tookMs: endMs - firstMs - endStalledMs,
			stalledMs: endStalledMs,
			longestGap,
		}),
		close: async () => {
			clearInterval(ticks);
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
};

export const limitedLeads = 300;
export const limitPerSecond = 20;

type Counts = ReturnType<Limited['counts']>;

/** How many times as long it took as at best: the burst at once, the rest as the limit lets through. */
export const timesIdeal = ({ tookMs }: Counts, leadCount: number, perSecond: number): number =>
	tookMs / (((leadCount - perSecond) / perSecond) * 1000);

export const shareRefused = ({ created, refused }: Counts): number => refused / (created + refused);

/** What so many leads came to, in a line; and whether they were slow all along or once, and whether the machine was. */
export const limitSummary = (counts: Counts, leadCount: number, perSecond: number): string => {
	const { created, refused, phones, tookMs, longestGap, stalledMs } = counts;
	return (
		`${phones} of ${leadCount} people, ${created - phones} doubles; ` +
		`${(tookMs / 1000).toFixed(1)} s, ${timesIdeal(counts, leadCount, perSecond).toFixed(2)} times the ideal; ` +
		`${refused} of ${created + refused} requests answered 429 (${(shareRefused(counts) * 100).toFixed(1)} %); ` +
		`longest gap ${longestGap.ms} ms after ${longestGap.atMs} ms, the API itself stalled for ${Math.round(stalledMs)} ms`
	);
};

const print = (name: string, counts: Counts): void => {
	process.stdout.write(`${name}: ${limitSummary(counts, limitedLeads, limitPerSecond)}\n`);
};

/** All are created, none twice; prints what it took, and holds it against what is aimed at. */
export const expectLimitKept = (name: string, counts: Counts, mostTimes: number): void => {
	print(name, counts);
	expect([counts.created, counts.phones]).toEqual([limitedLeads, limitedLeads]);
	expect(timesIdeal(counts, limitedLeads, limitPerSecond)).toBeLessThanOrEqual(mostTimes);
	expect(shareRefused(counts)).toBeLessThanOrEqual(0.03);
};

/** What the host's own HTTP node makes of the same leads, for docs/delivery.md: whether any is lost or doubled. */
export const expectOfPeer = (
	name: string,
	counts: Counts,
	expected: { readonly isLossy: boolean; readonly isDoubling: boolean },
): void => {
	print(name, counts);
	expect({ isLossy: counts.phones < limitedLeads, isDoubling: counts.created > counts.phones }).toEqual(expected);
};
