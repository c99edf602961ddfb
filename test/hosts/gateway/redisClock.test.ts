import type { Reply } from '../../../packages/core/src';
import { sampleOf } from '../../fixtures/cases';
import { as, createdBy, leadBody, replied } from '../../gateway/world';
import { hourMs, yearMs } from '../settableClock';
import { pause, until } from '../until';
import { type OneGateway, useRedisWorld } from './redisWorld';

const world = useRedisWorld();
const realNow = Date.now.bind(Date);
let offsetMs = 0;
// The gateway and BullMQ in it take the time of day from here.
beforeAll(() => {
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + offsetMs);
});
beforeEach(() => {
	offsetMs = 0;
});
afterAll(() => {
	jest.restoreAllMocks();
});

/** Answers in order, and creates every lead from then on. */
const script = (...replies: readonly Reply[]): { readonly asked: () => number; readonly created: () => number } => {
	let [asked, created] = [0, 0];
	world().api = (request) => {
		const reply = replies[asked++] ?? createdBy(request);
		if ('status' in reply && reply.status === 201) created++;
		return reply;
	};
	return { asked: () => asked, created: () => created };
};
const lost: Reply = { fault: { code: 'ECONNRESET', left: true } };
const give = async (
	one: OneGateway,
	from: number,
	count: number,
	headers: Readonly<Record<string, string>> = {},
): Promise<void> => {
	for (let number = from; number < from + count; number++) {
		const { status } = await one.call({ body: leadBody(number), headers: { prefer: 'wait=0', ...headers } });
		// Where this machine is slow, it may have ended by then.
		expect([201, 202]).toContain(status);
	}
};

describe('what the lead that is let through to see meets', () => {
	const rows: readonly (readonly [name: string, replies: readonly Reply[], created: number])[] = [
		['a key that is refused', [replied(403), replied(401)], 3],
		['the limit', [replied(403), replied(429)], 3],
		['a limit that says how long', [replied(403), replied(429, { 'retry-after': '2' })], 3],
		['no answer', [replied(403), lost], 2],
		['a fault there', [replied(403), replied(500)], 2],
		['no way to the API', [replied(403), { fault: { code: 'ECONNREFUSED' } }], 3],
	];
	test.each(sampleOf(rows, 2))(
		'%s: the leads of its organization leave all the same',
		async (_name, replies, created) => {
			const one = await world().open({ concurrency: 1 });
			const api = script(...replies);
			await give(one, 1, 3);
			await until(() => api.created() === created, 60_000);
		},
		180_000,
	);
});

describe('a clock that is set', () => {
	const steps: readonly (readonly [name: string, byMs: readonly number[]])[] = [
		['two hours back', [-2 * hourMs]],
		['three years back', [-3 * yearMs]],
		['a year forward, then back again', [yearMs, 0]],
		['a minute back, over and over', Array.from({ length: 10 }, (_, index) => -60_000 * (index + 1))],
	];
	const walk = async (byMs: readonly number[]): Promise<void> => {
		for (const each of byMs) {
			offsetMs = each;
			await pause(200);
		}
	};
	test.each(sampleOf(steps, 1, 1))(
		'%s: a key that is held leaves when its pause is over',
		async (_name, byMs) => {
			const one = await world().open({ concurrency: 1 });
			const api = script(replied(401), replied(401));
			await give(one, 1, 3);
			await until(() => api.asked() >= 2, 60_000);
			await walk(byMs);
			await until(() => api.created() === 3, 60_000);
		},
		180_000,
	);
	test.each(sampleOf(steps, 1, 2))(
		'%s: so does an organization',
		async (_name, byMs) => {
			const one = await world().open({ concurrency: 1 });
			const api = script(replied(403), replied(403));
			await give(one, 1, 3);
			await until(() => api.asked() >= 2, 60_000);
			await walk(byMs);
			await until(() => api.created() === 3, 60_000);
		},
		180_000,
	);
	test.each(sampleOf(steps, 1, 3))(
		'%s: a learned rate and a cap go on as before',
		async (_name, byMs) => {
			const one = await world().open({ maxPerSecond: 10 });
			const api = script(replied(201), replied(429, { 'retry-after': '1' }));
			await give(one, 1, 5);
			await walk(byMs);
			await give(one, 6, 5);
			await until(() => api.created() >= 9, 60_000);
		},
		180_000,
	);
	test('what a gateway whose clock was a day ahead left behind holds no other', async () => {
		offsetMs = 24 * hourMs;
		const ahead = await world().open({ concurrency: 1 });
		const api = script(replied(401), replied(401), replied(401), replied(403), replied(403));
		await give(ahead, 1, 3);
		await give(ahead, 4, 3, as('key-2'));
		await until(() => api.asked() >= 4, 60_000);
		await ahead.close();
		offsetMs = 0;
		await world().open({ concurrency: 1 });
		await until(() => api.created() === 6, 60_000);
	}, 180_000);
});
