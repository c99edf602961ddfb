import type { Reply } from '../../../packages/core/src';
import type { List, LeadRow } from '../../../packages/gateway/src/leads/leadQueue';
import { as, createdBy, leadBody, organization, replied } from '../../gateway/world';
import { pause, until } from '../until';
import { type OneGateway, useRedisWorld } from './redisWorld';

const world = useRedisWorld();
const lost: Reply = { fault: { code: 'TIMEOUT', left: true } };

const listed = async ({ gateway }: OneGateway, list: List, text = ''): Promise<readonly LeadRow[]> =>
	(await gateway.queue.list(list, { text, limit: 50 })).leads;
const only = async (one: OneGateway, list: List): Promise<LeadRow> => {
	await until(async () => (await listed(one, list)).length === 1);
	const [lead] = await listed(one, list);
	if (lead === undefined) throw new Error('It went away again.');
	return lead;
};

describe('what a person does, at whichever gateway', () => {
	test.each<[name: string, act: 'retry' | 'arrived' | 'discard', status: number, sent: number, ends: number]>([
		['an unconfirmed lead that arrived', 'arrived', 504, 1, 1],
		['one that is not to be sent again', 'discard', 504, 1, 1],
		['one that is sent again', 'retry', 201, 2, 1],
	])('%s; of two people at once one is told that it was done', async (_name, act, status, sent, ends) => {
		const [one, other] = [await world().open(), await world().open()];
		world().api = () => lost;
		const { headers } = await one.call();
		const lead = await only(other, 'unconfirmed');
		expect([lead.publicId, lead.outcome, lead.name]).toEqual([headers['x-gateway-lead'], 'unconfirmed', 'Mona 1']);
		world().api = (request) => createdBy(request);
		const done = await Promise.all(
			[one, other, one, other].map(async ({ gateway }) => await gateway.queue[act](lead.id)),
		);
		expect(done.filter((each) => each)).toHaveLength(1);
		await until(async () => (await listed(one, 'ended')).length === ends);
		expect([
			(await other.call({ method: 'GET', path: `/leads/${lead.publicId}` })).status,
			world().sent.length,
			(await listed(one, 'unconfirmed')).length,
		]).toEqual([status, sent, 0]);
		expect(await one.gateway.queue.counts()).toEqual({
			waiting: 0,
			unverified: 0,
			sending: 0,
			unconfirmed: 0,
			ended: ends,
		});
	});

	test('one person sends it again and another says that it arrived: one of both', async () => {
		const [one, other] = [await world().open(), await world().open()];
		world().api = () => lost;
		await one.call();
		const { id } = await only(one, 'unconfirmed');
		world().api = (request) => createdBy(request);
		const done = await Promise.all([one.gateway.queue.retry(id), other.gateway.queue.arrived(id)]);
		expect(done.filter((each) => each)).toHaveLength(1);
		await until(async () => (await listed(one, 'ended')).length === 1);
		expect(world().sent.length).toBe(done[0] ? 2 : 1);
	});

	test('a waiting lead is discarded, keeps no key and is not sent', async () => {
		const [one, other] = [await world().open(), await world().open()];
		world().api = () => replied(401);
		await one.call({ headers: { prefer: 'wait=0' } });
		await until(() => world().sent.length === 1);
		const lead = await only(other, 'waiting');
		expect(lead.why).toBe('key');
		expect([await other.gateway.queue.discard(lead.id), await one.gateway.queue.discard(lead.id)]).toEqual([
			true,
			false,
		]);
		expect((await only(one, 'ended')).resolved).toBe('discarded');
		await pause(2500);
		expect([world().sent.length, (await one.call({ method: 'GET', path: `/leads/${lead.publicId}` })).status]).toEqual([
			1, 410,
		]);
		expect(await one.gateway.queue.counts()).toEqual({
			waiting: 0,
			unverified: 0,
			sending: 0,
			unconfirmed: 0,
			ended: 1,
		});
	});

	test('an ended lead is sent again; one on its way or unknown is not there to be acted on', async () => {
		const one = await world().open();
		world().api = () => replied(400);
		await one.call();
		const { id } = await only(one, 'ended');
		expect([
			await one.gateway.queue.arrived(id),
			await one.gateway.queue.discard(id),
			await one.gateway.queue.retry('nothing'),
			await one.gateway.queue.retry(id),
		]).toEqual([false, false, false, true]);
		await until(() => world().sent.length === 2);
	});

	test('a lead sent again after a restart waits until the key of its account comes by, at any gateway', async () => {
		const first = await world().open();
		world().api = () => lost;
		await first.call();
		const { id, publicId } = await only(first, 'unconfirmed');
		await first.close();
		world().api = (request) => createdBy(request);
		const [one, other] = [await world().open(), await world().open()];
		expect(await one.gateway.queue.retry(id)).toBe(true);
		await pause(500);
		expect([world().sent.length, (await one.gateway.queue.counts()).waiting]).toEqual([1, 1]);
		// A key that was never accepted is tried again after some seconds.
		expect([201, 202]).toContain((await other.call({ headers: as('key-1', organization), body: leadBody(2) })).status);
		await until(async () => (await one.call({ method: 'GET', path: `/leads/${publicId}` })).status === 201);
		await until(() => world().sent.length === 3);
		expect(world().sent.length).toBe(3);
	});
});

describe('a bulk action, done again at another gateway', () => {
	const bulkId = 'the-name-of-one-act';

	test('sends each once, although the answer was lost again', async () => {
		const [one, other] = [await world().open(), await world().open()];
		world().api = () => lost;
		await one.call();
		const { id } = await only(one, 'unconfirmed');
		expect(await one.gateway.queue.retry(id, bulkId)).toBe(true);
		await until(() => world().sent.length === 2);
		await only(one, 'unconfirmed');
		expect([await one.gateway.queue.retry(id, bulkId), await other.gateway.queue.retry(id, bulkId)]).toEqual([
			true,
			true,
		]);
		await pause(1500);
		expect(world().sent.length).toBe(2);
		expect(await other.gateway.queue.arrived(id, 'the-name-of-another')).toBe(true);
		expect(await one.gateway.queue.arrived(id, 'the-name-of-another')).toBe(true);
		expect((await only(one, 'ended')).resolved).toBe('arrived');
	});
});

describe('a correction', () => {
	const corrected = {
		body: JSON.stringify({ leadInformation: { firstName: 'Right', phone: '+201001234567' } }),
		lead: { leadInformation: { firstName: 'Right', phone: '+201001234567' } },
	};

	test('is one new lead, whoever asks for it and however often; each names the other', async () => {
		const [one, other] = [await world().open(), await world().open()];
		world().api = (request) => (request.body.includes('Right') ? createdBy(request) : replied(400));
		await one.call();
		const first = await only(other, 'ended');
		const all = [one, other, one, other].map(async ({ gateway }) => await gateway.queue.correct(first.id, corrected));
		const results = await Promise.all(all);
		expect(new Set(results.map((result) => (result.kind === 'corrected' ? result.id : result.kind))).size).toBe(1);
		await until(async () => (await listed(one, 'ended')).length === 2);
		await pause(1000);
		expect(world().sent.length).toBe(2);
		const [second] = await listed(one, 'ended');
		expect([second?.name, second?.outcome, (await listed(one, 'ended'))[1]?.isCorrected]).toEqual([
			'Right',
			'created',
			true,
		]);
		expect(await one.gateway.queue.find(first.id)).toMatchObject({ list: 'ended', correctedBy: second?.id });
		expect(await one.gateway.queue.find(second?.id ?? '')).toMatchObject({
			correctionOf: first.id,
			row: { organizationId: organization },
		});
		expect(await one.gateway.queue.correct(second?.id ?? '', corrected)).toEqual({ kind: 'notThere' });
		expect(await one.gateway.queue.counts()).toMatchObject({ waiting: 0, ended: 2 });
	});
});

test('a list is filtered by outcome, organization, source and date', async () => {
	const one = await world().open();
	world().api = (request) => (request.body.includes('Mona 2') ? replied(400) : createdBy(request));
	for (let number = 1; number <= 4; number++)
		await one.call({
			headers: as('key-1', number === 3 ? 'another organization' : organization),
			body: { ...leadBody(number), leadSource: number % 2 === 0 ? 'Google' : 'Facebook' },
		});
	const names = async (filter: Parameters<typeof one.gateway.queue.list>[1]['filter']): Promise<readonly string[]> => {
		const search = { text: '', limit: 50, ...(filter === undefined ? {} : { filter }) };
		return (await one.gateway.queue.list('ended', search)).leads.map(({ name }) => name);
	};
	const [newest] = await listed(one, 'ended');
	const facets = await one.gateway.queue.facets('ended');
	const another = facets?.organizations.find(({ organizationId }) => organizationId === 'another organization');
	expect({
		invalid: await names({ outcome: 'invalid' }),
		google: await names({ source: 'Google' }),
		another: await names({ organization: another?.organization ?? '' }),
		newest: await names({ from: newest?.arrivedAtMs ?? 0 }),
		older: (await names({ to: newest?.arrivedAtMs ?? 0 })).length,
		sources: facets?.sources.get('Facebook'),
	}).toEqual({
		invalid: ['Mona 2'],
		google: ['Mona 4', 'Mona 2'],
		another: ['Mona 3'],
		newest: ['Mona 4'],
		older: 3,
		sources: 2,
	});
});

test('lists are newest first, in pages, across keys, and found by a name, a phone or a reason', async () => {
	const one = await world().open();
	world().api = (request) => (request.headers['x-api-key'] === 'key-2' ? replied(400) : createdBy(request));
	for (let number = 1; number <= 7; number++)
		await one.call({ headers: as(number % 2 === 0 ? 'key-2' : 'key-1'), body: leadBody(number) });
	const names: string[] = [];
	for (let after: string | undefined, round = 0; round === 0 || after !== undefined; round++) {
		const page: Awaited<ReturnType<typeof one.gateway.queue.list>> = await one.gateway.queue.list('ended', {
			text: '',
			limit: 3,
			...(after === undefined ? {} : { after }),
		});
		names.push(...page.leads.map(({ name }) => name));
		after = page.next;
	}
	expect(names).toEqual([7, 6, 5, 4, 3, 2, 1].map((number) => `Mona ${number}`));
	expect([
		(await listed(one, 'ended', 'mona 5')).length,
		(await listed(one, 'ended', '1200003')).length,
		(await listed(one, 'ended', 'the API said 400')).length,
	]).toEqual([1, 1, 3]);
});
