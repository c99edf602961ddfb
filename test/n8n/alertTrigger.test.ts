import { IcloudReadyTrigger } from '../../nodes/IcloudReadyTrigger/IcloudReadyTrigger.node';
import { triggerProperties } from '../../nodes/IcloudReadyTrigger/panel';
import { type Alert, alertKinds } from '../../packages/core/src';
import { alertId, alertMessage } from '../../packages/gateway/src/alerts/alertMessage';
import { signedHeaders, signingKey } from '../../packages/gateway/src/alerts/signAlert';
import { type IDataObject, type INodeProperties, type IWebhookFunctions, NodeHelpers } from 'n8n-workflow';

const secret = `whsec_${Buffer.from('twenty-four bytes of noise').toString('base64')}`;
const alert: Alert = { kind: 'key', state: 'begun', organizationId: 'org-1', count: 3, sinceMs: 1_800_000_000_000 };

interface Called {
	readonly status?: number;
	readonly item?: IDataObject;
}

/** A trigger that listens for alerts, over all of its calls. */
const openTrigger = (answer: 'whenEnded' | 'atOnce' = 'whenEnded', ownSecret = secret) => {
	const kept: IDataObject = {};
	const call = async (body: string, headers: Readonly<Record<string, string>>): Promise<Called> => {
		let status: number | undefined;
		const given: Readonly<Record<string, unknown>> = { event: 'leadsNeedAttention', answer };
		const n8n = {
			getNodeParameter: (name: string, fallback?: unknown) => given[name] ?? fallback,
			getCredentials: async () => await Promise.resolve({ secret: ownSecret }),
			getWorkflowStaticData: () => kept,
			getRequestObject: () => ({ method: 'POST', rawBody: Buffer.from(body) }),
			getHeaderData: () => headers,
			getQueryData: () => ({}),
			getResponseObject: () => ({
				writeHead: (code: number) => {
					status = code;
				},
				end: () => undefined,
			}),
		};
		const { workflowData } = await new IcloudReadyTrigger().webhook.call(n8n as unknown as IWebhookFunctions);
		const item = workflowData?.[0]?.[0]?.json;
		return { ...(status === undefined ? {} : { status }), ...(item === undefined ? {} : { item }) };
	};
	const tell = async (told: Alert, atMs = Date.now()): Promise<Called> => {
		const body = JSON.stringify(alertMessage(told, atMs));
		const key = signingKey(secret) ?? Buffer.from('');
		return await call(body, signedHeaders(alertId(told, 1), body, key, atMs));
	};
	return { call, tell, kept };
};

test.each(alertKinds)('%s: begin and end are one item each, with English words in front', async (kind) => {
	const { tell } = openTrigger();
	const begun = await tell({ ...alert, kind });
	expect(begun.item).toMatchObject({
		title: expect.stringMatching(/^(?:[A-Z3]|iCloud-Ready)/) as unknown,
		text: expect.stringMatching(/\.$/) as unknown,
		kind,
		state: 'begun',
		organizationId: 'org-1',
		count: 3,
		over: null,
		arabic: { title: expect.stringMatching(/[\u0600-\u06ff]/) as unknown },
		icloudReady: { isRepeat: false },
	});
	const over = await tell({ ...alert, kind, state: 'over', overMs: alert.sinceMs + 60_000 });
	expect(over.item).toMatchObject({ kind, state: 'over', title: expect.stringMatching(/^Over: /) as unknown });
});

test('the secret without its prefix is the same', async () => {
	const { tell } = openTrigger('whenEnded', secret.replace('whsec_', ''));
	expect((await tell(alert)).item).toBeDefined();
});

test('forged, too old, unsigned, and with no secret set: refused, and nothing starts', async () => {
	const other = openTrigger('whenEnded', `whsec_${Buffer.from('another four and twenty bytes').toString('base64')}`);
	expect(await other.tell(alert)).toEqual({ status: 401 });
	const { tell, call } = openTrigger();
	expect(await tell(alert, Date.now() - 400_000)).toEqual({ status: 401 });
	expect(await call(JSON.stringify(alertMessage(alert, Date.now())), {})).toEqual({ status: 401 });
	expect((await openTrigger('whenEnded', '').tell(alert)).item).toBeUndefined();
});

test.each([
	['no JSON', 'not JSON'],
	['no alert', '{"type":"invoice.paid","data":{}}'],
	['an alert of an unknown kind', JSON.stringify({ ...alertMessage(alert, 0), data: { kind: 'weather' } })],
])('genuine, but %s: refused', async (_name, body) => {
	const headers = signedHeaders('msg_1', body, signingKey(secret) ?? Buffer.from(''), Date.now());
	expect(await openTrigger().call(body, headers)).toEqual({ status: 400 });
});

test('a repeat: answered at once it starts nothing, else it says that it is one', async () => {
	const atOnce = openTrigger('atOnce');
	expect((await atOnce.tell(alert)).item).toBeDefined();
	expect(await atOnce.tell(alert)).toEqual({ status: 200 });
	expect((await atOnce.tell({ ...alert, state: 'over', overMs: 1 })).item).toBeDefined();
	const whenEnded = openTrigger();
	await whenEnded.tell(alert);
	expect((await whenEnded.tell(alert)).item).toMatchObject({ icloudReady: { isRepeat: true } });
});

test('it remembers no more than it has to, and takes what it cannot read for nothing', async () => {
	const { tell, kept } = openTrigger();
	kept.alerts = 'nonsense';
	for (let count = 0; count < 600; count++) await tell({ ...alert, sinceMs: count });
	expect(Object.keys(kept.alerts as unknown as object)).toHaveLength(500);
});

test('the panel asks for no platform, and always for the secret', () => {
	const { description } = new IcloudReadyTrigger();
	const shownFor = (parameters: Readonly<Record<string, string | boolean>>): readonly string[] => {
		const values =
			NodeHelpers.getNodeParameters([...triggerProperties] as INodeProperties[], parameters, true, false, null, null) ??
			{};
		const credential = description.credentials?.filter((each) =>
			NodeHelpers.displayParameter(values, each, { typeVersion: 1 }, description),
		);
		return [...Object.keys(values), ...(credential ?? []).map(({ name }) => name)];
	};
	// As it was left by somebody who had tried the other event first.
	expect(shownFor({ event: 'leadsNeedAttention', platform: 'any', checkToken: false })).toEqual([
		'alertNotice',
		'event',
		'answer',
		'icloudReadyTriggerApi',
	]);
	expect(shownFor({})).toEqual(['notice', 'event', 'platform', 'checkToken', 'answer']);
});
