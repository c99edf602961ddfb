import type { SealedLead } from '../../packages/gateway/src/stores/disk/sealedEntry';
import { createClock } from '../outbox/clock';
import { memoryStore } from '../outbox/memoryStore';
import { createdBy, leadBody, openWorld } from './world';

/*
 * Leads that a person has sent once more carry no key any more: it is looked for among the others of their account.
 */

test('put right many at once and killed while their key is looked for: all wait, none is unconfirmed, each is sent once', async () => {
	let isAnswering = true;
	const inMemory = memoryStore<SealedLead>();
	const store: typeof inMemory = {
		...inMemory,
		ids: async function* (shelf) {
			if (shelf === 'waiting' && !isAnswering) await new Promise(() => undefined);
			yield* inMemory.ids(shelf);
		},
	};
	const clock = createClock();
	let answers = false;
	const first = await openWorld(
		(request) => (answers ? createdBy(request) : { fault: { code: 'ECONNRESET', left: true } }),
		{},
		store,
		clock,
	);
	for (let number = 1; number <= 6; number++) {
		void first.call({ headers: { prefer: 'wait=0' }, body: leadBody(number) });
		await clock.advance(600_000);
	}
	expect((await first.gateway.queue.counts()).unconfirmed).toBe(6);
	answers = true;
	// A gateway that was started anew knows no key, and a look for one does not come to its end.
	const second = await first.crash();
	isAnswering = false;
	const { leads } = await second.gateway.queue.list('unconfirmed', { text: '', limit: 50 });
	for (const { id } of leads) expect(await second.gateway.queue.retry(id, 'bulk')).toBe(true);
	await clock.settle();
	expect([store.shelf('sending'), store.shelf('waiting').length]).toEqual([[], 6]);
	isAnswering = true;
	const third = await second.crash();
	await clock.settle();
	expect([await third.gateway.queue.counts(), third.sent]).toMatchObject([
		{ waiting: 6, sending: 0, unconfirmed: 0 },
		[],
	]);
	// Its key comes by with another lead.
	void third.call({ headers: { prefer: 'wait=0' }, body: leadBody(7) });
	await clock.advance(60_000);
	expect([new Set(third.sent.map(({ body }) => body)).size, third.sent.length]).toEqual([7, 7]);
	expect(await third.gateway.queue.counts()).toMatchObject({ waiting: 0, sending: 0, unconfirmed: 0, ended: 7 });
});
