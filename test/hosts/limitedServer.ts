import { createServer, type Server } from 'node:http';

/** What a server with a limit saw; times in ms. */
export interface Limited {
	readonly baseUrl: string;
	readonly counts: () => { readonly created: number; readonly refused: number; readonly phones: number; readonly tookMs: number };
	readonly close: () => Promise<void>;
}

/** An API that creates every lead and takes `perSecond`, with a burst of as many; 429 beyond it. */
export const openLimited = async (perSecond: number, retryAfter: string | undefined): Promise<Limited> => {
	let tokens = perSecond;
	let lastMs = Date.now();
	let firstMs = 0;
	let created = 0;
	let refused = 0;
	let endMs = 0;
	const phones = new Set<string>();
	const server: Server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => { body += String(chunk); });
		request.on('end', () => {
			const nowMs = Date.now();
			firstMs ||= nowMs;
			tokens = Math.min(perSecond, tokens + ((nowMs - lastMs) * perSecond) / 1000);
			lastMs = nowMs;
			if (tokens < 1) {
				refused++;
				response.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
				return;
			}
			tokens--;
			endMs = nowMs;
			phones.add((JSON.parse(body) as { leadInformation: { phone: string } }).leadInformation.phone);
			response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ _id: String(++created), leadNumber: created }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {
		baseUrl: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/api/v2`,
		counts: () => ({ created, refused, phones: phones.size, tookMs: endMs - firstMs }),
		close: async () => { server.closeAllConnections(); await new Promise<void>((resolve) => server.close(() => resolve())); },
	};
};

export const limitedLeads = 300;
export const limitPerSecond = 20;

/** How long it would take at best: the burst at once, the rest as the limit lets through. */
export const idealMs = ((limitedLeads - limitPerSecond) / limitPerSecond) * 1000;

/** All are created, none twice; prints what it took, and holds it against what is aimed at. */
export const expectLimitKept = (name: string, { created, refused, phones, tookMs }: ReturnType<Limited['counts']>, mostTimes: number): void => {
	const times = tookMs / idealMs;
	const share = refused / (created + refused);
	process.stdout.write(`${name}: ${(tookMs / 1000).toFixed(1)} s, ${times.toFixed(2)} times the ideal, ${refused} of ${created + refused} requests answered 429 (${(share * 100).toFixed(1)} %)\n`);
	expect([created, phones]).toEqual([limitedLeads, limitedLeads]);
	expect(times).toBeLessThanOrEqual(mostTimes);
	expect(share).toBeLessThanOrEqual(0.03);
};
