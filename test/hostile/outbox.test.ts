import { hostileRows } from '../fixtures/hostile';
import { helper, startFlow, until, useOwnUserFolder, useSandbox } from '../node-red/flow';

const sandbox = useSandbox();
useOwnUserFolder();

interface Answer {
	readonly status: number;
	readonly text: string;
	readonly body: {
		readonly leads?: readonly { readonly id: string; readonly name: string }[];
		readonly message?: string;
		readonly done?: boolean;
	};
}
const get = async (path: string): Promise<Answer> =>
	(await helper.request().get(`/icloud-ready/outbox${path}`)) as never;
/** A flow whose outbox is open. */
const start = async (): ReturnType<typeof startFlow> => {
	const flow = await startFlow(sandbox().baseUrl, {
		account: { outbox: 'disk', maxTries: 1 },
		node: { input: 'form' },
	});
	await until(async () => (await get('/account/leads?shelf=waiting')).status === 200);
	return flow;
};
const count = async (shelf: string): Promise<number> =>
	(await get(`/account/leads?shelf=${shelf}`)).body.leads?.length ?? 0;

/** Of what is long, an address takes only the beginning, which is like any other. */
const short = hostileRows(8).filter(([name]) => !/MB|100,000/.test(name));
const written = (value: unknown): string => {
	try {
		return JSON.stringify(value);
	} catch {
		return '{"a":'.repeat(10_000);
	}
};

test.each(short)('%s as what is asked for: an answer in words, and the lists go on', async (_name, make) => {
	await start();
	const text = encodeURIComponent(
		written(make())
			.slice(0, 1000)
			.replace(/\p{Cs}/gu, ''),
	);
	for (const query of [`shelf=${text}`, `shelf=waiting&limit=${text}`, `shelf=waiting&after=${text}`]) {
		const { status, body } = await get(`/account/leads?${query}`);
		expect([status, body.message]).toEqual([400, expect.stringMatching(/\w/)]);
	}
	for (const path of ['leads?shelf=waiting', `leads.csv?shelf=ended&language=${text}`]) {
		expect((await get(`/account/${path}&text=${text}`)).status).toBe(400);
		const { status } = await helper.request().get(`/icloud-ready/outbox/account/${path}`).set('x-search', text);
		expect([200, 400]).toContain(status);
	}
	expect((await get(`/${text}/leads?shelf=waiting`)).status).toBe(404);
	// An address is no longer than this for Node's own server.
	const { status, body } = await helper
		.request()
		.post(`/icloud-ready/outbox/account/leads/${text}/retry`)
		.send({ text });
	expect([status, body.done]).toEqual([200, false]);
	expect([await count('waiting'), await count('ended')]).toEqual([0, 0]);
});

/** One message each: a hundred thousand messages say nothing more. */
const people = hostileRows(9).filter(([name]) => !/rows|64 MB/.test(name));

test.each(people)('%s as a form: it ends, and the list and the file of it can be read', async (_name, make) => {
	const flow = await start();
	flow.send({ payload: make() });
	const [{ msg: first }] = (await flow.endings(1)) as unknown as [
		{ readonly msg: { readonly icloudReady: { readonly outcome: string } } },
	];
	expect(first.icloudReady.outcome).toMatch(/^\w+$/);
	for (const shelf of ['ended', 'unconfirmed', 'waiting']) {
		const list = await get(`/account/leads?shelf=${shelf}`);
		expect([list.status, (await get(`/account/leads.csv?shelf=${shelf}`)).status]).toEqual([200, 200]);
	}
	if (first.icloudReady.outcome === 'created') expect(await count('ended')).toBeGreaterThan(0);
});
