import { outcomeOf } from '../../packages/core/src';
import type { Entry } from '../../packages/outbox/src';
import { entryId } from '../../packages/outbox/src/store/entry';
import { newEntry } from './entries';
import { type Api, faulted, openWorld, replied, type World } from './world';

const gateway = 'http://gateway.test/api/v2';
const kept = (): ReturnType<typeof replied> =>
	outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'atGateway', id: 'g1' } }, { status: 202, attempts: 1 });
const never: Api = async () => await new Promise(() => undefined);

/** What a sending knows of its entry: by which token it goes, and whether it had left before. */
type Seen = Pick<Entry, 'idempotencyKey' | 'generation' | 'sentTo'>;
const seeing =
	(seen: Seen[], ...apis: readonly Api[]): Api =>
	async (entry, world) => {
		const { idempotencyKey, generation, sentTo } = entry;
		seen.push({
			...(idempotencyKey === undefined ? {} : { idempotencyKey }),
			...(generation === undefined ? {} : { generation }),
			...(sentTo === undefined ? {} : { sentTo }),
		});
		return await (apis[Math.min(seen.length, apis.length) - 1] as Api)(entry, world);
	};
const start = async (
	api: Api,
	options: Parameters<typeof openWorld>[1] = { gateway },
	before?: World,
): Promise<World> => {
	const world = await openWorld(api, options, before?.store, before?.clock);
	world.outbox.start();
	await world.clock.settle();
	return world;
};
const put = async (world: World, token: string | undefined = 'token-1'): Promise<World> => {
	await world.outbox.put({ ...newEntry(1), ...(token === '' ? {} : { idempotencyKey: token }) });
	await world.clock.settle();
	return world;
};

test('what was cut off on its way to a gateway waits again, with its token, and ends as what became of it', async () => {
	const seen: Seen[] = [];
	const world = await put(await start(seeing(seen, never, () => replied(201))));
	expect(world.store.shelf('sending')[0]).toMatchObject({ sentTo: gateway });
	const next = await world.crash();
	expect([next.told, next.outbox.counts()]).toEqual([
		['1 created restored'],
		{ waiting: 0, sending: 0, unconfirmed: 0, ended: 1 },
	]);
	expect(seen).toEqual([{ idempotencyKey: 'token-1' }, { idempotencyKey: 'token-1', sentTo: gateway }]);
});

test.each<[name: string, token: string, first: string | undefined, second: string | undefined]>([
	['to the API itself', 'token-1', undefined, undefined],
	['to the API, where a gateway came since', 'token-1', undefined, gateway],
	['to a gateway that is not used any more', 'token-1', gateway, undefined],
	['to another gateway', 'token-1', gateway, 'http://other.test'],
	['without a token, as an earlier version wrote it', '', gateway, gateway],
])('what was cut off on its way %s is unconfirmed and not sent again', async (_, token, first, second) => {
	const world = await put(await start(never, { gateway: first }), token);
	const next = await start(() => replied(201), { gateway: second }, world);
	expect([next.sent, next.told]).toEqual([[], ['1 unconfirmed restored']]);
});

test('a gateway that is away for now holds it, and what it then tells is its end', async () => {
	const seen: Seen[] = [];
	const world = await put(
		await start(
			seeing(
				seen,
				never,
				() => faulted('ECONNREFUSED', false),
				() => replied(201),
			),
		),
	);
	const next = await world.crash();
	expect(next.outbox.holdReason()).toBe('network');
	await next.clock.advance(2000);
	expect([next.told, seen.at(-1)]).toEqual([['1 created restored'], { idempotencyKey: 'token-1', sentTo: gateway }]);
});

test('that it is not taken the second time does not say that it was not the first time', async () => {
	const apis = [never, () => replied(404)];
	const world = await put(await start(seeing([], ...apis)));
	const next = await world.crash();
	expect([next.told, next.store.shelf('unconfirmed')[0]?.outcome]).toMatchObject([
		['1 unconfirmed restored'],
		{ cause: { kind: 'interrupted' } },
	]);
});

test('one that is kept at the gateway for long ends as unconfirmed, and holds no other back', async () => {
	const world = await start(kept);
	for (const number of [1, 2, 3, 4]) await world.outbox.put({ ...newEntry(number), idempotencyKey: `token-${number}` });
	await world.clock.settle();
	expect([world.told, world.outbox.holdReason()]).toEqual([
		[1, 2, 3, 4].map((number) => `${number} unconfirmed`),
		undefined,
	]);
});

describe('one that is kept at the gateway when the program ends', () => {
	const closed = async (token = 'token-1'): Promise<World> => {
		let answer = (_outcome: ReturnType<typeof kept>): void => undefined;
		const world = await put(
			await start(
				async () =>
					await new Promise((resolve) => {
						answer = resolve;
					}),
			),
			token,
		);
		const closing = world.outbox.close(new Promise(() => undefined));
		answer(kept());
		await closing;
		return world;
	};

	test('waits for the next start, which asks for its end', async () => {
		const seen: Seen[] = [];
		const world = await closed();
		expect([world.told, world.store.shelf('waiting')[0]]).toMatchObject([[], { sentTo: gateway }]);
		const next = await start(
			seeing(seen, () => replied(201)),
			{ gateway },
			world,
		);
		expect([next.told, seen]).toEqual([['1 created restored'], [{ idempotencyKey: 'token-1', sentTo: gateway }]]);
	});

	test('is unconfirmed where the next start knows that gateway no more', async () => {
		const next = await start(() => replied(201), {}, await closed());
		expect([next.sent, next.told]).toEqual([[], ['1 unconfirmed restored']]);
	});

	test('is unconfirmed at once without a token', async () => {
		expect((await closed('')).told).toEqual(['1 unconfirmed']);
	});
});

test.each<[name: string, first: Api, round: number]>([
	['an answer that was lost', () => faulted('ECONNRESET', true), 0],
	['kept at the gateway', kept, 0],
	['unconfirmed at the gateway itself', () => replied(504), 1],
	['created', () => replied(201), 1],
	['refused', () => replied(400), 1],
])(
	'sent once more by a person after %s: the gateway takes it for the same lead only where nobody knows its end',
	async (_, first, round) => {
		const seen: Seen[] = [];
		const world = await put(await start(seeing(seen, first, () => replied(201))));
		await world.outbox.retry(entryId(1, ''));
		await world.clock.settle();
		expect(seen).toEqual([{ idempotencyKey: 'token-1' }, { idempotencyKey: 'token-1', generation: round }]);
	},
);
