import { createSecrets } from '../../packages/gateway/src/leads/accounts';
import { startGateway } from '../../packages/gateway/src/main/server';
import { sealedLeadFormat } from '../../packages/gateway/src/stores/disk/sealedEntry';
import { openVerified } from '../../packages/gateway/src/stores/disk/verifiedAccounts';
import { openDiskStore } from '../../packages/outbox/src';
import { canary, expectNoKeyIn, traceOf } from '../fixtures/canary';
import { echoRows, type EchoServer, openEcho } from '../fixtures/echo';
import { secret, settingsOf } from './world';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const secrets = createSecrets(secret);
const credentials = { apiKey: canary, organizationId: 'org' };
const account = secrets.accountOf(credentials);

test('what is sealed opens with the same secret for the same account only, and looks different each time', () => {
	const sealed = secrets.seal(credentials, account.id);
	expect([secrets.open(sealed, account.id), secrets.seal(credentials, account.id) === sealed]).toEqual([
		credentials,
		false,
	]);
	const other = createSecrets(`${secret}!`);
	const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
	expect([
		secrets.open(sealed, 'another'),
		other.open(sealed, account.id),
		secrets.open(changed, account.id),
		secrets.open('', account.id),
	]).toEqual([undefined, undefined, undefined, undefined]);
	expect(other.accountOf(credentials)).not.toEqual(account);
});

describe('with an API that repeats the key wherever it can', () => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-'));
	let echo: EchoServer;
	beforeAll(async () => {
		echo = await openEcho();
	});
	afterAll(async () => {
		await echo.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('no answer, log, metric or file of the store holds it, while leads wait and after they ended', async () => {
		const lines: string[] = [];
		// Of keys that were never accepted only a few leads are sent.
		const { store } = await openDiskStore(join(folder, 'store'), Date.now(), sealedLeadFormat);
		const verified = await openVerified({ store, secrets, now: Date.now, onFirst: () => undefined });
		for (const index of echoRows.keys())
			verified.add(secrets.accountOf({ apiKey: canary, organizationId: `org ${index}` }));
		await store.write([]);
		await store.close();
		const gateway = await startGateway(
			settingsOf({
				baseUrl: echo.baseUrl,
				port: 0,
				folder: join(folder, 'store'),
				timeoutSeconds: 1,
				waitSeconds: 0.3,
				concurrency: 50,
				logPersonalData: true,
				stopSeconds: 2,
			}),
			(line) => lines.push(line),
		);
		// All at once, since each is waited for; no two share an account.
		await Promise.all(
			echoRows.map(async ({ name }, index) => {
				const response = await fetch(`${gateway.baseUrl}/leads`, {
					method: 'POST',
					headers: { 'x-api-key': canary, organizationid: `org ${index}`, 'idempotency-key': `k${index}` },
					body: JSON.stringify({ leadInformation: { firstName: 'Mona', phone: '+201001234567' }, campaignName: name }),
				});
				expectNoKeyIn(`answer to ${name}`, [await response.text(), [...response.headers]]);
			}),
		);
		expect(echo.keysSeen()).toBeGreaterThan(5);
		expectNoKeyIn('metrics', await (await fetch(`${gateway.origin}/metrics`)).text());
		await gateway.close();
		expectNoKeyIn('log', lines);
		const files = readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((each) => each.isFile())
			.map(({ parentPath, name }) => join(parentPath, name));
		const texts = files.map((file) => readFileSync(file, 'latin1'));
		expect(texts.join('')).toContain('sealed');
		files.forEach((file, index) => expect([file, traceOf(texts[index] ?? '')]).toEqual([file, '']));
	});
});
