import type { LeadRequest, Reply } from '../../../packages/core/src';
import { as, createdBy, leadBody, openWorld, organization, replied, type World } from '../world';

const alertUrl = 'https://alerts.example.com/hook';
const settings = { alertUrl, alertSecret: `whsec_${Buffer.from('twenty-four bytes of noise').toString('base64')}` };
const minuteMs = 60_000;

interface Watched {
	readonly world: World;
	/** Types of what was posted so far. */
	readonly told: () => readonly string[];
	readonly posted: readonly LeadRequest[];
}

/** A gateway with an API that answers as `answer` says, and somebody who takes alerts. */
const watched = async (answer: (request: LeadRequest) => Reply | Promise<Reply>, more = {}): Promise<Watched> => {
	const posted: LeadRequest[] = [];
	const world = await openWorld(
		async (request) => {
			if (request.url !== alertUrl) return await answer(request);
			posted.push(request);
			return { status: 204, headers: {}, body: '' };
		},
		{ ...settings, ...more },
	);
	const told = (): readonly string[] => posted.map(({ body }) => (JSON.parse(body) as { readonly type: string }).type);
	return { world, posted, told };
};
const give = async (world: World, key: string, number: number): Promise<void> => {
	void world.call({ headers: { ...as(key), prefer: 'wait=0' }, body: leadBody(number) });
	await world.clock.settle();
};

test.each([
	[401, 'key'],
	[403, 'organization'],
] as const)(
	'%s, begin and end: within a minute, with the organization, without a person or the key',
	async (status, kind) => {
		let answer = 201;
		const { world, told, posted } = await watched((request) => (answer === 201 ? createdBy(request) : replied(answer)));
		await give(world, 'key-of-the-organization', 1);
		answer = status;
		await give(world, 'key-of-the-organization', 2);
		await world.clock.advance(minuteMs);
		expect(told()).toEqual([`alert.${kind}.begun`]);
		expect(posted[0]?.body).toContain(organization);
		await world.clock.advance(45 * minuteMs);
		expect(told()).toHaveLength(1);
		answer = 201;
		await world.clock.advance(10 * minuteMs);
		expect(told()).toEqual([`alert.${kind}.begun`, `alert.${kind}.over`]);
		const all = JSON.stringify(posted);
		for (const secret of ['key-of-the-organization', 'Mona', '2010012', settings.alertSecret])
			expect(all).not.toContain(secret);
	},
);

test('a made-up key is nobody’s alarm', async () => {
	const { world, told } = await watched(() => replied(401));
	for (let number = 1; number <= 30; number++) await give(world, `made-up-${number}`, number);
	await world.clock.advance(59 * minuteMs);
	expect(told()).toEqual([]);
});

test('leads that wait longer than they should, and an unconfirmed one', async () => {
	let answer: () => Reply = () => ({ status: 429, headers: { 'retry-after': '3600' }, body: '' });
	const { world, told, posted } = await watched((request) => answer?.() ?? createdBy(request), { alertMinutes: 10 });
	const limited = answer;
	answer = undefined as unknown as typeof limited;
	await give(world, 'good', 1);
	answer = limited;
	await give(world, 'good', 2);
	await world.clock.advance(9 * minuteMs);
	expect(told()).toEqual([]);
	await world.clock.advance(2 * minuteMs);
	expect(told()).toEqual(['alert.waiting.begun']);
	expect((JSON.parse(posted[0]?.body ?? '') as { data: object }).data).toMatchObject({ why: 'limit', count: 1 });
	answer = () => ({ fault: { code: 'ECONNRESET', left: true } });
	await world.clock.advance(120 * minuteMs);
	expect(told().filter((type) => type !== 'alert.waiting.begun')).toEqual(
		expect.arrayContaining(['alert.unconfirmed.begun', 'alert.waiting.over']),
	);
});

test('a queue that is nearly full, and has room again', async () => {
	let isGood = true;
	const { world, told } = await watched(
		(request) => (isGood ? createdBy(request) : replied(429, { 'retry-after': '600' })),
		{ maxWaiting: 10 },
	);
	const keys = Array.from({ length: 8 }, (_, index) => `key-${index}`);
	for (const key of keys) await give(world, key, 1);
	isGood = false;
	for (const key of keys.slice(1)) await give(world, key, 2);
	await world.clock.advance(minuteMs);
	expect(told()).toEqual([]);
	await give(world, keys[0] ?? '', 2);
	await world.clock.advance(minuteMs);
	expect(told()).toEqual(['alert.queueFull.begun']);
	isGood = true;
	await world.clock.advance(20 * minuteMs);
	expect(told()).toEqual(['alert.queueFull.begun', 'alert.queueFull.over']);
});

test('a clock that is set back, until it has caught up', async () => {
	const { world, told } = await watched((request) => createdBy(request));
	await world.clock.advance(20 * minuteMs);
	expect(told()).toEqual([]);
	world.clock.set(-15 * minuteMs);
	await world.clock.advance(minuteMs);
	expect(told()).toEqual(['alert.goneBack.begun']);
	await world.clock.advance(12 * minuteMs);
	expect(told()).toHaveLength(1);
	await world.clock.advance(3 * minuteMs);
	expect(told()).toEqual(['alert.goneBack.begun', 'alert.goneBack.over']);
});

test('without an address nothing is posted', async () => {
	const { world, posted } = await watched(() => replied(401), { alertUrl: '' });
	await give(world, 'any', 1);
	await world.clock.advance(10 * minuteMs);
	expect(posted).toEqual([]);
});
