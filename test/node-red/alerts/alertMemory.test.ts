import { decideAlerts, onTold } from '../../../packages/core/src';
import { openAlertMemory } from '../../../packages/node-red/src/runtime/alerts/alertMemory';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const nowMs = 1_800_000_000_000;
let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'icloud-ready-alerts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = (): readonly string[] => readdirSync(join(folder, 'icloud-ready'));
const told = () => {
	const { state, alerts } = decideAlerts(new Map(), [{ kind: 'key', count: 3 }], nowMs);
	return alerts.reduce((now, alert) => onTold(now, alert, nowMs), state);
};

test('what is written is read again, by the same node and account alone', async () => {
	const remembered = { alerts: told(), clock: { latestMs: nowMs } };
	await openAlertMemory(folder, 'node/1', 'account').write(remembered);
	expect(await openAlertMemory(folder, 'node/1', 'account').read()).toEqual(remembered);
	for (const other of [openAlertMemory(folder, 'node/1', 'other'), openAlertMemory(folder, 'node-2', 'account')])
		expect(await other.read()).toEqual({ alerts: new Map() });
	expect(files()).toEqual(['alerts-node%2F1-account.json']);
});

test.each([
	['nothing', ''],
	['half of it', '{"schemaVersion":1,"alerts":"{\\"schem'],
	['another version', '{"schemaVersion":2,"alerts":""}'],
	['alerts that are none', '{"schemaVersion":1,"alerts":"[]"}'],
	['another shape', '{"schemaVersion":1,"alerts":[],"clock":"now"}'],
])('%s in the file: nothing was told', async (_name, text) => {
	const memory = openAlertMemory(folder, 'node', 'account');
	await memory.write({ alerts: told() });
	writeFileSync(join(folder, 'icloud-ready', files()[0] ?? ''), text);
	expect((await memory.read()).alerts.size).toBe(0);
});

test('the same again is not written anew, and a removed node leaves nothing', async () => {
	const memory = openAlertMemory(folder, 'node', 'account');
	await memory.write({ alerts: told() });
	const file = join(folder, 'icloud-ready', files()[0] ?? '');
	writeFileSync(file, 'touched');
	await memory.write({ alerts: told() });
	expect(readFileSync(file, 'utf8')).toBe('touched');
	await memory.remove();
	expect(files()).toEqual([]);
});
