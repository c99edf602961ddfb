import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDiskStore } from '../../packages/outbox/src';
import { runCli } from '../../packages/gateway/src/main/cli';
import { sealedLeadFormat } from '../../packages/gateway/src/stores/disk/sealedEntry';
import { newEntry } from '../outbox/entries';

const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-secret-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a gateway and stops it; what it printed where it did not start. */
const startWith = async (secret: string): Promise<string> => {
	const printed: string[] = [];
	const result = await runCli({
		args: ['--port', '0', '--folder', join(folder, 'leads'), '--api', 'http://127.0.0.1:9/api/v2', '--allow-http'],
		env: { GATEWAY_SECRET: secret },
		print: () => undefined,
		printError: (text) => printed.push(text),
	});
	if (typeof result !== 'number') await result.close();
	return printed.join('\n');
};
const give = async (): Promise<void> => {
	const { store } = await openDiskStore(join(folder, 'leads'), Date.now(), sealedLeadFormat);
	const payload = { lead: newEntry(1).payload.lead, body: '{}' };
	const entry = { id: '000000000000001~a.b', partition: 'a.b', arrivedAtMs: 1, payload, outcome: null };
	await store.write([{ kind: 'put', entry, shelf: 'waiting' }]);
	await store.close();
};

test('a start with another secret is refused while leads wait, and changes nothing; without leads it may be changed', async () => {
	expect(await startWith('a secret that nobody guesses')).toBe('');
	expect(await startWith('another secret, nothing waits')).toBe('');
	await give();
	const refused = await startWith('a third secret that is wrong');
	expect(refused).toMatch(/were kept with another GATEWAY_SECRET\. Start with that one/);
	expect(await startWith('a third secret that is wrong')).toBe(refused);
	const { store } = await openDiskStore(join(folder, 'leads'), Date.now(), sealedLeadFormat);
	expect(await store.list('waiting', { limit: 5 })).toHaveLength(1);
	await store.close();
	expect(await startWith('another secret, nothing waits')).toBe('');
});
