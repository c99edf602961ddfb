import type { NodeRedVersion } from '../hosts';
import type { NodeRed } from './host';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

declare const sharedByFiles: Map<string, unknown>;
declare const sharedFolder: string;

const root = join(__dirname, '../../..');
const ours = '@icloud-ready/node-red-leads';

const onceForAll = <Value>(name: string, make: () => Value): Value => {
	const value = sharedByFiles.has(name) ? (sharedByFiles.get(name) as Value) : make();
	sharedByFiles.set(name, value);
	return value;
};

/** The Node-RED package as it would be published: a file, packed once for all files of this process. */
export const packed = (): string =>
	onceForAll('node-red-package', () => {
		const words = ['pack', '--json', '--workspace', ours, '--pack-destination', sharedFolder];
		const printed = execFileSync('npm', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
		const [{ filename }] = JSON.parse(printed) as [{ filename: string }];
		return join(sharedFolder, filename);
	});

/** What a Node-RED has of its own in its user folder, and the next one gets new. */
const ofOneAlone = new Set(['settings.js', 'icloud-ready']);

/**
 * Starts with the package as the palette manager installs it. Npm does that once for each version in a process, which
 * takes longer than a start; from then on `start` is given a folder in which it stands already.
 */
export const installedOnce = async (
	version: NodeRedVersion,
	start: (installed: string | undefined) => Promise<NodeRed>,
): Promise<NodeRed> => {
	const name = `installed-in-${version}`;
	const before = sharedByFiles.get(name) as Promise<string> | undefined;
	if (before !== undefined) return await start(await before);
	const starting = start(undefined);
	const installing = starting.then(async (nodeRed) => {
		await nodeRed.install(packed());
		const folder = mkdtempSync(join(sharedFolder, `${name}-`));
		for (const entry of readdirSync(nodeRed.userFolder))
			if (!ofOneAlone.has(entry)) cpSync(join(nodeRed.userFolder, entry), join(folder, entry), { recursive: true });
		return folder;
	});
	sharedByFiles.set(name, installing);
	try {
		await installing;
		return await starting;
	} catch (error) {
		sharedByFiles.delete(name);
		await starting.then(
			async ({ stop }) => await stop(),
			() => undefined,
		);
		throw error;
	}
};
