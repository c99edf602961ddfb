import { createSecrets } from '../../packages/gateway/src/leads/accounts';
import { openDiskQueue } from '../../packages/gateway/src/stores/disk/diskQueue';
import { entryFor, type SealedEntry, sealedLeadFormat } from '../../packages/gateway/src/stores/disk/sealedEntry';
import { openDiskStore } from '../../packages/outbox/src';
import { entryId } from '../../packages/outbox/src/store/entry';
import { damages, fillWithLeads, keepOlder, leads, useDamaged, useTurns } from '../outbox/damagedFiles';
import { replied } from '../outbox/world';
import type { Lead } from '../../packages/core/src';
import { leadBody, organization, secret } from './world';

const secrets = createSecrets(secret);
const credentials = { apiKey: 'key-1', organizationId: organization };
const account = secrets.accountOf(credentials);
const numberIn = (phone: string): number => Number(phone.slice(-5));

const entryOf = (number: number): SealedEntry => {
	const body = JSON.stringify(leadBody(number));
	const { leadInformation } = leadBody(number) as { leadInformation: { firstName: string; phone: string } };
	return {
		...entryFor({ credentials, account, body, lead: { leadInformation } }, secrets),
		id: entryId(number, account.id),
		arrivedAtMs: number,
		outcome: null,
	};
};

const damaged = useDamaged(async (filled) => {
	await fillWithLeads(sealedLeadFormat, entryOf)(filled);
	const { store } = await openDiskStore(filled.folder, 0, sealedLeadFormat);
	await store.write([{ kind: 'note', name: `verified:${account.id}`, value: '20000' }]);
	await store.close();
	keepOlder(filled, false);
});
const turnUntil = useTurns();

test.each(damages(2))(
	'%s %s at its %s: no lead of a gateway is lost in silence, none goes twice, and each is told with the right count',
	async (...given) => {
		const folder = damaged(given);
		const sent: number[] = [];
		const bad: string[] = [];
		const notices: string[] = [];
		const queue = await openDiskQueue({
			secrets,
			concurrency: 10,
			maxPerSecond: 0,
			maxWaiting: 10_000,
			unverifiedForMs: 3_600_000,
			keepDays: 100_000,
			events: {
				attempt: () => undefined,
				ended: () => undefined,
				notice: (text) => {
					notices.push(text);
				},
			},
			onNotLeaving: () => undefined,
			now: Date.now,
			monotonicMs: () => performance.now(),
			sleep: async () => await new Promise(() => undefined),
			openStore: async () => await openDiskStore(folder, Date.UTC(2026, 1, 1), sealedLeadFormat),
			send: async ({ lead, body, credentials: { apiKey } }) => {
				const number = numberIn(lead?.leadInformation.phone ?? '');
				if (number % 3 === 1) bad.push(`${number} was sent again`);
				if (body !== JSON.stringify(leadBody(number))) bad.push(`${number} is changed`);
				if (apiKey !== credentials.apiKey) bad.push(`${number} goes with another key`);
				sent.push(number);
				return await Promise.resolve({ ...replied(201), lead: lead as Lead });
			},
		});
		expect(await queue.isVerified(account)).toBe(true);
		const { damaged: told = 0 } = await queue.counts();
		await turnUntil(async () => {
			const { waiting, sending } = await queue.counts();
			return waiting + sending === 0;
		});
		const { ended, unconfirmed } = await queue.counts();
		expect(bad).toEqual([]);
		expect(new Set(sent).size).toBe(sent.length);
		// Those that show only when they are read are told one by one.
		const unreadable = notices.filter((text) => text.includes('cannot be read.')).length;
		expect({ total: ended + unconfirmed, told: told + unreadable }).toEqual({ total: leads, told: unconfirmed });
		await queue.close(Promise.resolve());
	},
);
