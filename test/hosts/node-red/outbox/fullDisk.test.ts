import { until } from '../../until';
import { leadOf, post, useOutboxWorld } from './outboxWorld';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const world = useOutboxWorld();
let place = '';
const mount = (...options: readonly string[]): void => {
	execFileSync('mount', [...options, '-t', 'tmpfs', 'tmpfs', place]);
};

/** Fills the file system to its last byte. */
const fill = (): void => {
	for (let size = 1 << 20; size >= 1; size >>= 1) {
		for (let part = 0; ; part++) {
			try {
				writeFileSync(join(place, `filler-${size}-${part}`), Buffer.alloc(size));
			} catch {
				break;
			}
		}
	}
};
const logged = async (text: string): Promise<void> => {
	await until(() => world().nodeRed.log().includes(text));
};

const fullThenReadOnly = async (): Promise<void> => {
	const { api, deploy, restart } = world();
	await deploy({ outbox: 'disk' });
	await post(world().nodeRed.url, leadOf(1));
	await api.created(1);

	fill();
	// What is in a page that the database has already may still fit.
	for (let number = 2; !world().nodeRed.log().includes('cannot be used, so leads are sent directly'); number++) {
		await post(world().nodeRed.url, leadOf(number));
		expect(number).toBeLessThan(3000);
	}
	const before = api.arrived.length;
	await post(world().nodeRed.url, leadOf(5000));
	await api.created(before + 1);

	for (let size = 1 << 20; size >= 1; size >>= 1)
		for (let part = 0; part < 64; part++) rmSync(join(place, `filler-${size}-${part}`), { force: true });
	const requestsBefore = api.requests();
	for (const number of [5001, 5002, 5003]) await post(world().nodeRed.url, leadOf(number));
	await api.created(requestsBefore + 3);

	await world().nodeRed.stop();
	mount('-o', 'remount,ro');
	await restart('stop');
	await logged('cannot be used, so leads are sent directly');
	await post(world().nodeRed.url, leadOf(6000));
	await api.created(requestsBefore + 4);
	expect(new Set(api.arrived).size).toBe(api.arrived.length);
};

test('a disk that is full, then read-only: each lead is sent directly, and the outbox works again when it can', async () => {
	place = join(world().userFolder, 'icloud-ready');
	mkdirSync(place, { recursive: true });
	mount('-o', 'size=8m');
	try {
		await fullThenReadOnly();
	} finally {
		execFileSync('umount', ['--lazy', place]);
	}
}, 300_000);
