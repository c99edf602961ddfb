import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// A process of its own, since jest cannot load a module of the scripts (they are ESM).
const ask = (what: string): string =>
	execFileSync(process.execPath, [join(__dirname, '../../scripts/hosts/hosts.mjs'), what], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	}).trim();

/** The folder of a real host, installed on first use; `name` is one of those in `scripts/hosts/hosts.mjs`. */
export const hostFolder = (name: string): string => ask(name);

/** A Node 24, which Node-RED 5 and n8n need. */
export const node24 = (): string => ask('--node24');

const allNodeReds = ['node-red-4', 'node-red-5'] as const;
export type NodeRedVersion = (typeof allNodeReds)[number];

const wanted = process.env.ICLOUD_READY_NODE_RED ?? '';

/** Those that a suite tries which tries more than one; `ICLOUD_READY_NODE_RED` in the environment leaves one of them. */
export const nodeReds: readonly NodeRedVersion[] = allNodeReds.filter((each) => wanted === '' || each === wanted);
