/** Loading: how long `require` of each packed node takes in a new process, the heap that it holds, and the packages' sizes. */
import { execFileSync } from 'node:child_process';
import { symlinkSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostFolder } from '../../scripts/hosts/hosts.mjs';
import { unpack } from '../../scripts/build/pack.mjs';
import { root } from '../../scripts/build/prepare.mjs';
import { interleaved } from '../interleaved.mjs';
import { shown, spreadOf } from '../stats.mjs';

const child = fileURLToPath(new URL('./measure.cjs', import.meta.url));

const packed = (workspace, to) => {
	mkdirSync(to, { recursive: true });
	const printed = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', to], {
			cwd: workspace,
			encoding: 'utf8',
			shell: process.platform === 'win32',
		}),
	);
	const [{ filename, size, unpackedSize }] = Array.isArray(printed) ? printed : Object.values(printed);
	return { file: join(to, filename.replace('@', '').replace('/', '-')), size, unpackedSize };
};

export const load = async ({ node, folder, quick, log }) => {
	const n8n = packed(root, join(folder, 'packed'));
	const nodeRed = packed(join(root, 'packages/node-red'), join(folder, 'packed'));
	const n8nFolder = join(folder, 'load/n8n');
	const nodeRedFolder = join(folder, 'load/node-red');
	const { n8n: parts } = unpack(n8n.file, n8nFolder);
	const { 'node-red': nodes } = unpack(nodeRed.file, nodeRedFolder);
	// n8n has its own n8n-workflow loaded long before it loads a node.
	const workflow = createRequire(join(await hostFolder('n8n', log), 'node_modules/n8n/package.json')).resolve(
		'n8n-workflow',
	);
	mkdirSync(join(n8nFolder, 'node_modules'), { recursive: true });
	symlinkSync(
		join(workflow.slice(0, workflow.lastIndexOf('n8n-workflow')), 'n8n-workflow'),
		join(n8nFolder, 'node_modules/n8n-workflow'),
	);
	const measure = (host, files) => async () =>
		JSON.parse(execFileSync(node, ['--expose-gc', child, host, ...files], { encoding: 'utf8' }));
	const found = await interleaved(
		{
			'n8n node': measure(
				workflow,
				parts.nodes.map((file) => join(n8nFolder, file)),
			),
			'n8n credential': measure(
				workflow,
				parts.credentials.map((file) => join(n8nFolder, file)),
			),
			'Node-RED nodes, both': measure(
				'',
				Object.values(nodes.nodes).map((file) => join(nodeRedFolder, file)),
			),
		},
		quick ? 3 : 15,
	);
	const loads = Object.fromEntries(
		Object.entries(found).map(([name, each]) => [
			name,
			{ ms: spreadOf(each.map(({ tookMs }) => tookMs)), heapBytes: spreadOf(each.map(({ heapBytes }) => heapBytes)) },
		]),
	);
	const sizes = {
		n8n: { size: n8n.size, unpackedSize: n8n.unpackedSize },
		nodeRed: { size: nodeRed.size, unpackedSize: nodeRed.unpackedSize },
	};
	const kB = (bytes) => `${shown(bytes / 1000)} kB`;
	return {
		result: { loads, sizes },
		table: {
			title: 'Loading',
			head: ['what', 'require, ms', 'least to most', 'heap'],
			rows: [
				...Object.entries(loads).map(([name, { ms, heapBytes }]) => [
					name,
					shown(ms.median),
					`${shown(ms.least)} to ${shown(ms.most)}`,
					kB(heapBytes.median),
				]),
				['n8n package', `packed ${kB(sizes.n8n.size)}`, `unpacked ${kB(sizes.n8n.unpackedSize)}`, ''],
				['Node-RED package', `packed ${kB(sizes.nodeRed.size)}`, `unpacked ${kB(sizes.nodeRed.unpackedSize)}`, ''],
			],
		},
		reached: {
			requireN8n: loads['n8n node'].ms.median,
			requireNodeRed: loads['Node-RED nodes, both'].ms.median,
			packedN8n: sizes.n8n.size / 1000,
		},
	};
};
