import type { Entry, Shelf } from '../../../../packages/outbox/src';
import { byCases } from '../../../fixtures/cases';
import { leadOf, phoneOf, post, useOutboxWorld } from './outboxWorld';

const world = useOutboxWorld();
const [leads, kills] = byCases({ few: [300, 6], more: [300, 6], all: [1000, 25] });
const atOnce = 10;
const longestLifeMs = 800;

const codeOf = (error: unknown): unknown => (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;

/** Whether it was surely not taken: nobody listened, or its flow had not begun yet. */
const isNotTaken = (error: unknown): boolean => codeOf(error) === 'ECONNREFUSED' || / 404$/.test(String(error));

/** Posts leads until none is left or nobody answers any more. What was surely not taken is left. */
const postUntilKilled = async (url: string, left: number[], kept: number[], unknown: number[]): Promise<void> => {
	let isDead = false;
	const client = async (): Promise<void> => {
		for (let number = left.shift(); number !== undefined; number = isDead ? undefined : left.shift()) {
			await post(url, leadOf(number)).then(
				() => kept.push(number),
				(error: unknown) => {
					isDead = true;
					(isNotTaken(error) ? left : unknown).push(number);
				},
			);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, client));
};

test(`${leads} leads, kill -9 at ${kills} random moments: each acknowledged one is at the API once, but for those that are named as unconfirmed`, async () => {
	const { api, deploy, restart, openStore } = world();
	api.latencyMs = 5;
	await deploy({ outbox: 'disk' });
	const left = Array.from({ length: leads }, (_, number) => number);
	const [kept, unknown]: [number[], number[]] = [[], []];
	for (let kill = 0; kill < kills; kill++) {
		const posting = postUntilKilled(world().nodeRed.url, left, kept, unknown);
		await new Promise((resolve) => setTimeout(resolve, Math.random() * longestLifeMs));
		await restart('kill');
		await posting;
	}
	for (; left.length > 0; await new Promise((resolve) => setTimeout(resolve, 100)))
		await postUntilKilled(world().nodeRed.url, left, kept, unknown);
	// The last start sends what waits; a stop keeps the rest, and there is none.
	for (let before = -1; before !== api.requests(); await new Promise((resolve) => setTimeout(resolve, 2000)))
		before = api.requests();
	await world().nodeRed.stop();

	const store = await openStore();
	const shelf = async (name: Shelf): Promise<readonly Entry[]> => await store.list(name, { limit: 5000 });
	const [waiting, sending, unconfirmed, ended] = [
		await shelf('waiting'),
		await shelf('sending'),
		await shelf('unconfirmed'),
		await shelf('ended'),
	];
	await store.close();
	const phones = (entries: readonly Entry[]): ReadonlySet<string> =>
		new Set(entries.map(({ payload }) => payload.lead.leadInformation.phone));
	const atApi = new Map<string, number>();
	for (const phone of api.arrived) atApi.set(phone, (atApi.get(phone) ?? 0) + 1);
	const named = phones(unconfirmed);
	const timesOf = (number: number): number => atApi.get(phoneOf(number)) ?? 0;
	const counts = {
		acknowledged: kept.length,
		withoutAnswer: unknown.length,
		createdOnce: kept.filter((number) => timesOf(number) === 1 && !named.has(phoneOf(number))).length,
		unconfirmed: named.size,
		unconfirmedAtApi: [...named].filter((phone) => atApi.has(phone)).length,
		missing: kept.filter((number) => timesOf(number) === 0 && !named.has(phoneOf(number))).length,
		twice: [...atApi.values()].filter((times) => times > 1).length,
	};
	process.stdout.write(`${JSON.stringify(counts)}\n`);
	expect([waiting.length, sending.length]).toEqual([0, 0]);
	expect(counts).toMatchObject({ missing: 0, twice: 0 });
	// Leads were kept, and kills did meet some of them on their way.
	expect([counts.acknowledged + counts.withoutAnswer, counts.createdOnce > leads / 2]).toEqual([leads, true]);
	expect(phones(ended).size + named.size).toBeGreaterThanOrEqual(kept.length);
}, 600_000);
