import type { Wanted as InboxWanted } from '../../../packages/gateway/src/inbox/client/ask';
import { createAsking } from '../../../packages/node-red/src/editor/outbox/ask';

/** What a page asked of its server. */
interface Sent {
	readonly address: string;
	readonly headers: Readonly<Record<string, string>>;
}

const person = 'Mona Ali +201001234567 منى';
const list = 'ended' as const;
const part = { limit: 50, after: '000000000000001~' };

/** The gateway's page, whose browser is only as much as it looks at. */
const fromGateway = async (): Promise<readonly Sent[]> => {
	const sent: Sent[] = [];
	const before = { fetch: globalThis.fetch, document: (globalThis as { document?: unknown }).document };
	Object.assign(globalThis, {
		document: { documentElement: { lang: 'en' } },
		fetch: async (address: string, { headers = {} }: RequestInit) => {
			sent.push({ address, headers: headers as Sent['headers'] });
			return await Promise.resolve(new Response('{}'));
		},
	});
	try {
		const { askFile, askLeads } = await import('../../../packages/gateway/src/inbox/client/ask');
		const wanted: InboxWanted = { list, text: person, filter: { source: 'Facebook', outcome: 'created', from: 1 } };
		await askLeads(wanted, part);
		await askFile(wanted);
	} finally {
		Object.assign(globalThis, before);
	}
	return sent;
};

/** The tab in Node-RED's sidebar, whose jQuery is only as much as it calls. */
const fromNodeRed = async (): Promise<readonly Sent[]> => {
	const sent: Sent[] = [];
	const ajax = ({ url = '', data, headers = {} }: JQueryAjaxSettings): unknown => {
		const query = new URLSearchParams(data as Record<string, string>);
		sent.push({ address: `${url}?${query}`, headers: headers as Sent['headers'] });
		const request = {
			done: (take: (answer: unknown) => void) => {
				take('');
				return request;
			},
			fail: () => request,
		};
		return request;
	};
	Object.assign(globalThis, { $: { ajax } });
	try {
		const { file, leads } = createAsking((key) => key);
		const wanted = { account: 'account', list, text: person, filter: {} };
		await leads(wanted, part);
		await file(wanted, 'csv');
	} finally {
		Reflect.deleteProperty(globalThis, '$');
	}
	return sent;
};

// F5: it went as a header at the gateway, and in the address in Node-RED.
test.each([
	['the gateway', fromGateway],
	['Node-RED', fromNodeRed],
])('%s: what is looked for is asked in a header, and no part of an address', async (_name, ask) => {
	const sent = await ask();
	expect(sent).toHaveLength(2);
	for (const { address, headers } of sent) {
		expect(decodeURIComponent(address.replaceAll('+', ' '))).not.toMatch(/Mona|Ali|2010|منى|text=|search/);
		expect(decodeURIComponent(headers['x-search'] ?? '')).toBe(person);
	}
});
