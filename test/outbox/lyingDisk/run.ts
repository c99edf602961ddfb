import { openDiskStore, openOutbox, type OpenedStore, type Outbox } from '../../../packages/outbox/src';
import { entry, format, newEntry, type Payload } from '../entries';
import { replied } from '../world';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One fault of one run. */
export interface Fault {
	readonly operation: number;
	readonly kind: 'once' | 'on' | 'applied';
}

/** What became of the leads of one run. */
export interface Run extends Fault {
	readonly lost: number;
	readonly doubled: number;
	readonly unconfirmed: number;
	/** Told to their giver as not kept, given again, and unconfirmed at the next start: never sent twice, and told. */
	readonly leftOver: number;
	/** What is said of damage where there is none. */
	readonly damaged: number;
	readonly tookMs: number;
}

const leads = 50;
/** A spell in which everything fails. */
const spellMs = 300;

/** An order to the library that was loaded before. */
const order = (folder: string, { operation, kind }: Fault): void =>
	renameSync(folder, join(folder, `fault-${operation}-${kind}-${spellMs}`));

const openUntilItWorks = async (folder: string): Promise<OpenedStore<Payload>> => {
	for (;;) {
		try {
			return await openDiskStore(folder, Date.now(), format, {
				sleep: async (ms) => await sleep(ms, undefined, { ref: false }),
			});
		} catch {
			await sleep(50);
		}
	}
};

const outboxOver = async (
	{ store }: OpenedStore<Payload>,
	sent: Map<string, number>,
	told: Map<string, string>,
): Promise<Outbox<Payload>> =>
	await openOutbox({
		store,
		concurrency: 5,
		maxWaiting: 1000,
		keepDays: 30,
		now: Date.now,
		monotonicMs: () => performance.now(),
		sleep: async (ms) => await sleep(ms, undefined, { ref: false }),
		send: async ({ payload: { lead } }) => {
			const name = lead.leadInformation.firstName;
			sent.set(name, (sent.get(name) ?? 0) + 1);
			return await Promise.resolve({ ...replied(201), lead });
		},
		notify: ({ payload: { lead } }, { outcome }) => {
			told.set(lead.leadInformation.firstName, outcome);
			return true;
		},
	});

const names = Array.from({ length: leads }, (_, index) => entry(index + 1).payload.lead.leadInformation.firstName);

const runOnce = async (place: string, fault: Fault): Promise<Run> => {
	const folder = join(place, `${fault.operation}-${fault.kind}`);
	mkdirSync(folder, { recursive: true });
	const beganMs = aliveMs;
	const [sent, told]: [Map<string, number>, Map<string, string>] = [new Map(), new Map()];
	order(place, fault);
	let opened = await openUntilItWorks(folder);
	let outbox = await outboxOver(opened, sent, told).catch(() => undefined);
	while (outbox === undefined) {
		await opened.store.close().catch(() => undefined);
		await sleep(50);
		opened = await openUntilItWorks(folder);
		outbox = await outboxOver(opened, sent, told).catch(() => undefined);
	}
	const open = outbox;
	open.start();
	/** As a giver does: what was not kept is given again. */
	const give = async (number: number): Promise<void> => {
		while ((await open.put(newEntry(number)).catch(() => undefined)) !== 'kept') await sleep(50);
	};
	for (let first = 1; first <= leads; first += 5)
		await Promise.all(Array.from({ length: 5 }, async (_, index) => await give(first + index)));
	while (told.size < leads) await sleep(5);
	order(place, { operation: 0, kind: 'once' });
	await open.close(sleep(5000, undefined, { ref: false }));
	// What a next start makes of it.
	const next = await openUntilItWorks(folder);
	const again = await outboxOver(next, sent, told);
	again.start();
	await sleep(1);
	const { waiting, sending, unconfirmed, ended } = again.counts();
	await again.close(Promise.resolve());
	rmSync(folder, { recursive: true, force: true });
	const damage = opened.damage ?? next.damage;
	return {
		...fault,
		lost: names.filter((name) => !told.has(name)).length + Math.max(0, leads - waiting - sending - unconfirmed - ended),
		doubled: names.filter((name) => (sent.get(name) ?? 0) > 1).length,
		leftOver: Math.max(0, ended + unconfirmed - leads),
		unconfirmed: names.filter((name) => told.get(name) === 'unconfirmed').length,
		damaged: (damage?.leads ?? 0) + (damage?.unnamed ?? 0),
		tookMs: aliveMs - beganMs,
	};
};

const [place = '', ...given] = process.argv.slice(2);
const tickMs = 100;
/** How long this program was alive and let run: on a busy machine less than a clock says. */
let aliveMs = 0;
// What a closed outbox would still wait for does not hold the program.
const alive = setInterval(() => {
	aliveMs += tickMs;
}, tickMs);
void (async () => {
	for (const text of given) {
		const [operation, kind] = text.split('-');
		const run = await runOnce(place, { operation: Number(operation), kind: kind as Fault['kind'] });
		process.stdout.write(`${JSON.stringify(run)}\n`);
	}
	clearInterval(alive);
})();
