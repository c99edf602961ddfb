import { canary, expectNoKeyIn, traceOf } from '../fixtures/canary';
import { echoRows, leadFor, openEcho } from '../fixtures/echo';
import { filesOf } from './filesOf';
import { gatewayProcess } from './gateway/gatewayProcess';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the nodes reach an API that repeats the key wherever it can. */
export const waysToApi = ['the API', 'a gateway'] as const;
export type WayToApi = (typeof waysToApi)[number];

/** Such an API, and what stands between. */
export interface EchoingApi {
	/** What an account is told of it. */
	readonly account: { readonly baseUrl: string; readonly gateway: boolean };
	/** How many requests came to the API with the key. */
	readonly keysSeen: () => number;
	/** Ends the gateway, where there is one, and looks for the key in all that it wrote. */
	readonly expectNoKeyLeft: () => Promise<void>;
	readonly close: () => Promise<void>;
}

const direct = async (): Promise<EchoingApi> => {
	const { baseUrl, keysSeen, close } = await openEcho();
	return { account: { baseUrl, gateway: false }, keysSeen, close, expectNoKeyLeft: () => Promise.resolve() };
};

const overGateway = async (): Promise<EchoingApi> => {
	const echo = await openEcho();
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-secrets-'));
	const gateway = await gatewayProcess({
		GATEWAY_API: echo.baseUrl,
		GATEWAY_FOLDER: join(folder, 'leads'),
		// Long enough that a busy machine lets no answer count as lost: several of these in a row hold back the rest.
		GATEWAY_TIMEOUT_SECONDS: '3',
		GATEWAY_CONCURRENCY: '50',
		GATEWAY_LOG_PERSONAL_DATA: 'true',
	});
	await gateway.start();
	// Of a key that was never accepted only a few leads are sent.
	const created = echoRows.find(({ name, status }) => status === 201 && name.startsWith('201')) ?? {
		name: '',
		status: 0,
	};
	const [firstName, phone, campaignName] = Object.values(leadFor(created));
	await fetch(`${gateway.baseUrl}/leads`, {
		method: 'POST',
		headers: { 'x-api-key': canary, organizationid: 'org-1', 'content-type': 'application/json' },
		body: JSON.stringify({ leadInformation: { firstName, phone }, campaignName }),
	}).then(async ({ status }) => expect(status).toBe(201));
	return {
		account: { baseUrl: gateway.baseUrl, gateway: true },
		keysSeen: echo.keysSeen,
		expectNoKeyLeft: async () => {
			expectNoKeyIn('metrics of the gateway', await (await fetch(`${gateway.origin}/metrics`)).text());
			await gateway.stop();
			expect(gateway.lines().join('\n')).toContain('"event":"ended"');
			expectNoKeyIn('log of the gateway', gateway.lines());
			const files = filesOf(folder);
			expect(files.map(({ text }) => text).join('')).toContain('sealed');
			for (const { file, text } of files) expect([file, traceOf(text)]).toEqual([file, '']);
		},
		close: async () => {
			await gateway.kill();
			await echo.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
};

export const openEchoingApi = async (way: WayToApi): Promise<EchoingApi> =>
	way === 'a gateway' ? await overGateway() : await direct();
