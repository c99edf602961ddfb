import { startSandbox } from '../../../packages/sandbox/src';
import { sampleOf } from '../../fixtures/cases';
import guideLead from '../../fixtures/guideLead.json';
import { hostFolder, node24 } from '../hosts';
import { type Answer, route, ways } from './flows';
import { startNodeRed } from './host';
import { packed } from './installed';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const node22 = (): string =>
	join(hostFolder('node-22'), `node_modules/node-${process.platform}-${process.arch}/bin/node`);

/** Node-RED's palette installs with npm's engine-strict: one dependency that refuses the running Node fails it all. */
const hosts: readonly (readonly [name: string, version: string, node: () => string, major: string])[] = [
	['Node-RED 4.1 on the Node of this run', 'node-red-4', () => process.execPath, process.version],
	['Node-RED 4.1 on Node 22', 'node-red-4', node22, 'v22.'],
	['Node-RED 5.0 on Node 22', 'node-red-5', node22, 'v22.'],
	['Node-RED 5.0 on Node 24', 'node-red-5', node24, 'v24.'],
];
test.each(sampleOf(hosts, 2))(
	'%s: the package installs by the palette, with engine-strict, and creates a lead',
	async (_name, version, program, major) => {
		const node = program();
		expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toContain(major);
		const sandbox = await startSandbox({ port: 0 });
		const nodeRed = await startNodeRed({
			node,
			folder: hostFolder(version),
			env: { npm_config_engine_strict: 'true' },
		});
		try {
			expect(await nodeRed.install(packed())).toEqual([
				'icloud-ready-account',
				'icloud-ready-create-lead',
				'icloud-ready-lead-form',
				'icloud-ready-alerts',
			]);
			await nodeRed.deploy(
				[
					{ id: 'account', type: 'icloud-ready-account', baseUrl: sandbox.baseUrl, organizationId: 'org-1' },
					...route('lead', { input: 'lead', duplicates: 'always' }),
					...ways,
				],
				{ account: { apiKey: 'sandbox-key' } },
			);
			const post = async (): Promise<Answer> =>
				(await (
					await fetch(`${nodeRed.url}/lead`, {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify(guideLead),
					})
				).json()) as Answer;
			expect(await post()).toMatchObject({ left: 0, icloudReady: { outcome: 'created' } });
			// The lasting record's native part runs on this Node too.
			expect(await post()).toMatchObject({ left: 1, icloudReady: { outcome: 'duplicate' } });
		} finally {
			await nodeRed.stop();
			await sandbox.close();
		}
	},
);
