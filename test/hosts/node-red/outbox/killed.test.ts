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

/** Again and again while Node-RED is away, as the tab does. */
const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
	for (;;) {
		const answer = await fetch(`${world().nodeRed.url}/icloud-ready/outbox${path}`, {
			...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
			headers: { 'content-type': 'application/json', connection: 'close' },
		}).catch(() => undefined);
		// While it opens again it says so with a 503.
		if (answer?.ok === true) return (await answer.json().catch(() => undefined)) as Answer;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
};

test('kill -9 in the middle of a bulk action: each of its leads is done once, and sent once', async () => {
	const { api, deploy, restart, openStore } = world();
	// The test before has ended it.
	await restart('stop');
	const [count, firstNumber, partSize] = [120, 500_000, 20];
	const numbers = Array.from({ length: count }, (_, at) => firstNumber + at);
	const idsIn = async (shelf: Shelf): Promise<readonly string[]> =>
		(
			await ask<{ readonly leads: readonly { readonly id: string }[] }>(
				`/account/selection?shelf=${shelf}${shelf === 'ended' ? '&outcome=discarded' : ''}`,
			)
		).leads.map(({ id }) => id);
	const actOn = async (action: 'discard' | 'retry', ids: readonly string[], bulkId: string): Promise<number> =>
		(await ask<{ readonly done: number }>('/account/actions', { action, ids, bulkId })).done;
	api.latencyMs = 5;
	await deploy({ outbox: 'disk' }, 'expired-key');
	// The flow may not have begun yet.
	for (let isTaken = false; !isTaken; )
		isTaken = await post(world().nodeRed.url, numbers.map(leadOf)).then(
			() => true,
			(error: unknown) => {
				if (!isNotTaken(error)) throw error;
				return false;
			},
		);
	for (let waiting = 0; waiting < count; waiting = (await idsIn('waiting')).length) await Promise.resolve();
	// One that is on its way just now, to be refused, is not there to be discarded.
	for (let round = 0; (await idsIn('waiting')).length + (await idsIn('sending')).length > 0; round++)
		for (const id of await idsIn('waiting')) await actOn('discard', [id], `the-name-of-discard-${round}`);
	await deploy({ outbox: 'disk' });
	const discarded = await idsIn('ended');
	expect(discarded).toHaveLength(count);
	let done = 0;
	for (let first = 0; first < count; first += partSize) {
		const part = discarded.slice(first, first + partSize);
		const answered = actOn('retry', part, 'the-name-of-one-retry');
		// Some of this part are done by now, and nobody hears of it.
		if (first === 60) await Promise.all([restart('kill'), answered]);
		done += await answered;
	}
	expect(done).toBe(count);
	for (let left = count; left > 0; left = (await idsIn('waiting')).length + (await idsIn('sending')).length)
		await new Promise((resolve) => setTimeout(resolve, 200));
	await world().nodeRed.stop();
	const store = await openStore();
	const unconfirmed = new Set(
		(await store.list('unconfirmed', { limit: 5000 })).map(({ payload }) => payload.lead.leadInformation.phone),
	);
	await store.close();
	const timesOf = (number: number): number => api.arrived.filter((phone) => phone === phoneOf(number)).length;
	expect({
		twice: numbers.filter((number) => timesOf(number) > 1).length,
		missing: numbers.filter((number) => timesOf(number) === 0 && !unconfirmed.has(phoneOf(number))).length,
	}).toEqual({ twice: 0, missing: 0 });
}, 600_000);
