import type { Shelf } from '../../../../packages/outbox/src';
import { type FakeGateway, openFakeGateway } from '../../../fixtures/fakeGateway';
import { pause, until } from '../../until';
import { leadOf, phoneOf, post, useOutboxWorld } from './outboxWorld';

const world = useOutboxWorld();
const [leads, kills] = [60, 5];
/** Between two kills; so few that leads wait at the gateway at each of them, however fast the machine is. */
const endedEachTime = 8;
let gateway: FakeGateway;
beforeAll(async () => {
	gateway = await openFakeGateway();
});
afterAll(async () => {
	await gateway.close();
});

test(`${leads} leads through a gateway, kill -9 ${kills} times while it keeps some: each is there once, and none is unconfirmed`, async () => {
	const { deploy, restart, openStore } = world();
	await deploy({ outbox: 'disk', gateway: true, baseUrl: gateway.baseUrl, concurrency: 10 });
	// Nor any before the first kill: some leave while the others are still being kept.
	gateway.keepAllBut(0);
	await post(
		world().nodeRed.url,
		Array.from({ length: leads }, (_, number) => leadOf(number)),
	);
	for (let kill = 0; kill < kills; kill++) {
		// The gateway has taken more, and tells the end of none.
		gateway.keepAllBut(0);
		const before = gateway.calls.length;
		await until(() => gateway.calls.length >= before + 10);
		await restart('kill');
		const since = gateway.told.length;
		gateway.keepAllBut(endedEachTime);
		await until(() => gateway.told.length === since + endedEachTime, 120_000);
	}
	const shelf = async (name: Shelf): Promise<readonly string[]> => {
		const store = await openStore();
		const entries = await store.list(name, { limit: 1000 });
		await store.close();
		return entries.map(({ payload, outcome }) => `${payload.lead.leadInformation.phone} ${outcome?.outcome ?? ''}`);
	};
	gateway.keepAllBut(leads);
	await until(() => gateway.leads.length === leads);
	for (let before = -1; before !== gateway.calls.length; await pause(6000)) before = gateway.calls.length;
	await world().nodeRed.stop();

	const phones = gateway.leads.map(
		({ body }) => (JSON.parse(body) as { leadInformation: { phone: string } }).leadInformation.phone,
	);
	const expected = Array.from({ length: leads }, (_, number) => phoneOf(number));
	expect([...phones].sort()).toEqual(expected);
	expect([await shelf('waiting'), await shelf('sending'), await shelf('unconfirmed')]).toEqual([[], [], []]);
	expect([...(await shelf('ended'))].sort()).toEqual(expected.map((phone) => `${phone} created`));
	const replays = gateway.calls.filter(({ method }) => method === 'POST').length - leads;
	process.stdout.write(`${JSON.stringify({ leads: phones.length, sentAgain: replays })}\n`);
	expect(replays).toBeGreaterThan(0);
}, 900_000);
