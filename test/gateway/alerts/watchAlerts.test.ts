import type { DeliveryFacts, LeadRequest, LeadStatusRequest, Reply } from '../../../packages/core/src';
import type { AlertMemory } from '../../../packages/gateway/src/alerts/alertMemory';
import { signingKey } from '../../../packages/gateway/src/alerts/signAlert';
import { watchAlerts } from '../../../packages/gateway/src/alerts/watchAlerts';
import { createHmac } from 'node:crypto';

const bareSecret = Buffer.from('four and twenty bytes of noise').toString('base64');
const webhookSecret = `whsec_${Buffer.from('twenty-four bytes of noise').toString('base64')}`;
const startMs = 1_800_000_000_000;
const well: DeliveryFacts = { held: [], waiting: 0, unconfirmed: 0, isStoreAway: false, isRecordAway: false };
const refusedKey: DeliveryFacts = { ...well, held: [{ why: 'key', organizationId: 'org-1', count: 4 }], waiting: 4 };

interface Posted {
	readonly atMs: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** What one gateway keeps, over its restarts. */
const memoryOf = (): AlertMemory & { text: string | null } => {
	const memory = {
		text: null as string | null,
		take: async () => await Promise.resolve({ kind: 'mine', text: memory.text } as const),
		keep: async (text: string) => {
			memory.text = text;
			await Promise.resolve();
		},
	};
	return memory;
};

interface World {
	/** What is so at so many ms after the start. */
	readonly factsAt: (ms: number) => DeliveryFacts | 'away';
	readonly forMs: number;
	readonly answerAt?: (ms: number) => Reply;
	readonly memory?: AlertMemory;
	readonly fromMs?: number;
	readonly secret?: string;
}

const watch = async ({ factsAt, forMs, answerAt, memory = memoryOf(), fromMs = 0, secret = bareSecret }: World) => {
	const posted: Posted[] = [];
	const notices: string[] = [];
	let ms = fromMs;
	await watchAlerts({
		url: 'https://alerts.example.com/hook',
		key: signingKey(secret) ?? Buffer.from(''),
		waitingMinutes: 30,
		facts: async () => {
			const facts = factsAt(ms);
			if (facts === 'away') throw new Error('The store does not say.');
			return await Promise.resolve(facts);
		},
		memory,
		send: async ({ headers, body = '' }: LeadRequest | LeadStatusRequest) => {
			posted.push({ atMs: ms, headers, body });
			return await Promise.resolve(answerAt?.(ms) ?? { status: 204, headers: {}, body: '' });
		},
		now: () => startMs + ms,
		monotonicMs: () => ms,
		sleep: async (pauseMs) => {
			ms += pauseMs;
			await Promise.resolve();
		},
		stopped: () => ms >= fromMs + forMs,
		notice: (text) => notices.push(text),
	});
	return { posted, notices };
};
const types = (posted: readonly Posted[]): readonly string[] =>
	posted.map(({ body }) => (JSON.parse(body) as { readonly type: string }).type);
const between = (from: number, to: number) => (ms: number) => (ms >= from && ms < to ? refusedKey : well);

test('what begins and ends is posted within a minute, in both languages, without a person or a key', async () => {
	const { posted, notices } = await watch({ factsAt: between(20_000, 300_000), forMs: 600_000 });
	expect(types(posted)).toEqual(['alert.key.begun', 'alert.key.over']);
	expect(posted.map(({ atMs }) => atMs)).toEqual([30_000, 300_000]);
	const { data } = JSON.parse(posted[0]?.body ?? '') as { data: Record<string, unknown> };
	expect(data).toMatchObject({ kind: 'key', state: 'begun', organizationId: 'org-1', count: 4, over: null });
	expect(data.en).toMatchObject({ title: 'iCloud-Ready refuses the API key of organization org-1' });
	expect(JSON.stringify(data.ar)).toContain('مفتاح الربط');
	expect(notices).toEqual([]);
});

test.each([
	['without its prefix', bareSecret, Buffer.from('four and twenty bytes of noise')],
	['a secret of Standard Webhooks', webhookSecret, Buffer.from('twenty-four bytes of noise')],
])('each is signed as Standard Webhooks says: %s', async (_name, secret, bytes) => {
	const { posted } = await watch({ factsAt: () => refusedKey, forMs: 1000, secret });
	const { headers = {}, body = '' } = posted[0] ?? {};
	const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
	expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', bytes).update(signed).digest('base64')}`);
	expect(headers['webhook-timestamp']).toBe(String(startMs / 1000));
});

test('an address that does not answer is tried again, less and less, with the same id, and told once', async () => {
	const answerAt = (ms: number): Reply =>
		ms < 3_600_000 ? { fault: { code: 'ECONNREFUSED', left: false } } : { status: 200, headers: {}, body: '' };
	const { posted, notices } = await watch({ factsAt: () => refusedKey, forMs: 3 * 3_600_000, answerAt });
	expect(posted.length).toBeLessThan(14);
	expect(new Set(posted.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
	expect(notices).toHaveLength(2);
	expect(notices[1]).toBe('Alerts can be delivered again.');
});

test.each<readonly [string, Reply]>([
	['a redirect', { status: 302, headers: { location: 'https://elsewhere.example.com' }, body: '' }],
	['500', { status: 500, headers: {}, body: '' }],
])('%s is no delivery', async (_name, reply) => {
	const { posted } = await watch({ factsAt: () => refusedKey, forMs: 60_000, answerAt: () => reply });
	expect(posted.length).toBeGreaterThan(1);
});

test('what was over before it could be delivered is not told at all', async () => {
	const answerAt = (ms: number): Reply =>
		ms < 120_000 ? { status: 503, headers: {}, body: '' } : { status: 200, headers: {}, body: '' };
	const { posted } = await watch({ factsAt: between(0, 60_000), forMs: 3_600_000, answerAt });
	expect(posted.filter(({ atMs }) => atMs >= 120_000)).toEqual([]);
});

test('a gateway that is started again tells nothing twice, and the end of what it told', async () => {
	const memory = memoryOf();
	expect(types((await watch({ factsAt: () => refusedKey, forMs: 60_000, memory })).posted)).toEqual([
		'alert.key.begun',
	]);
	const again = { memory, fromMs: 60_000 };
	expect((await watch({ factsAt: () => refusedKey, forMs: 60_000, ...again })).posted).toEqual([]);
	expect(types((await watch({ factsAt: () => well, forMs: 120_000, ...again, fromMs: 120_000 })).posted)).toEqual([
		'alert.key.over',
	]);
});

test('a gateway that has just started and has not sent yet tells nothing as over', async () => {
	const memory = memoryOf();
	await watch({ factsAt: () => refusedKey, forMs: 60_000, memory });
	const factsAt = (ms: number): DeliveryFacts => (ms < 100_000 ? well : refusedKey);
	expect((await watch({ factsAt, forMs: 600_000, memory, fromMs: 60_000 })).posted).toEqual([]);
});

test('what is kept and cannot be read is nothing, and is told anew', async () => {
	for (const text of ['{', '[]', '{"schemaVersion":2,"watched":[]}', '{"schemaVersion":1,"watched":[["key",{}]]}']) {
		const memory = { ...memoryOf(), take: async () => await Promise.resolve({ kind: 'mine', text } as const) };
		expect(types((await watch({ factsAt: () => refusedKey, forMs: 1000, memory })).posted)).toEqual([
			'alert.key.begun',
		]);
	}
});

test('where another gateway tells, this one does not', async () => {
	const memory: AlertMemory = {
		...memoryOf(),
		take: async () => await Promise.resolve({ kind: 'elsewhere' } as const),
	};
	expect((await watch({ factsAt: () => refusedKey, forMs: 600_000, memory })).posted).toEqual([]);
});

test('a store that does not answer is told, and what it cannot say is not told as over', async () => {
	const memory: AlertMemory = {
		take: async () => await Promise.resolve({ kind: 'unknown' } as const),
		keep: async () => await Promise.resolve(),
	};
	const factsAt = (ms: number): DeliveryFacts | 'away' => (ms >= 60_000 && ms < 300_000 ? 'away' : refusedKey);
	const { posted } = await watch({ factsAt, forMs: 600_000, memory });
	expect(types(posted)).toEqual(['alert.key.begun', 'alert.store.begun', 'alert.store.over']);
});
