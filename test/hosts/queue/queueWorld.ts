import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { sharedStandOf, type Stand } from '../n8n/stand';
import type { Credential } from '../n8n/workflow';
import { apiKey, organizationId } from '../n8n/world';
import { readFileSync } from 'node:fs';

export interface Worker {
	/** How many executions it has taken since the file began. */
	readonly taken: () => number;
	/** Ends it as a power cut would: without a word. */
	readonly kill: () => void;
}

/** n8n in queue mode, and the stand-in of the API. */
export interface QueueWorld {
	readonly stand: Stand;
	readonly workers: readonly Worker[];
	readonly sandbox: Sandbox;
	readonly credentialFor: (baseUrl: string, more?: { readonly gateway: boolean }) => Promise<Credential>;
	/** The credential of the stand-in. */
	readonly credential: Credential;
}

interface Told {
	readonly workers: readonly { readonly pid: number; readonly logFile: string }[];
}

const workerOf = ({ pid, logFile }: Told['workers'][number]): Worker => {
	const all = (): number => [...readFileSync(logFile, 'utf8').matchAll(/Worker started execution/g)].length;
	const before = all();
	return { taken: () => all() - before, kill: () => void process.kill(pid, 'SIGKILL') };
};

/** So many start with n8n. */
const firstWorkers = 2;

/**
 * Opens a queue world before the tests of a file. `latencyMs`: how long the API takes to answer. Files share the workers,
 * in the order of `testSequencer.cjs`: each has so many that live; the last one closes n8n, and may do what it wants to them.
 */
export const useQueueWorld = (
	latencyMs: number,
	{ workers = firstWorkers, isLast = false }: { readonly workers?: number; readonly isLast?: boolean } = {},
): (() => QueueWorld) => {
	let world: QueueWorld | undefined;
	let closing: (() => Promise<void>)[] = [];
	beforeAll(async () => {
		const sandbox = await startSandbox({ port: 0, latencyMs });
		closing = [() => sandbox.close()];
		const stand = await sharedStandOf<Told>('queueStand.mjs', String(firstWorkers));
		const living = await stand.ask<Told['workers']>(String(workers));
		if (isLast) closing = [() => stand.close(), ...closing];
		const credentialFor: QueueWorld['credentialFor'] = (baseUrl, more) =>
			stand.rest('POST', '/credentials', {
				name: 'iCloud-Ready account',
				type: 'icloudReadyApi',
				data: { apiKey, organizationId, baseUrl, ...more },
			});
		world = {
			stand,
			workers: living.map(workerOf),
			sandbox,
			credentialFor,
			credential: await credentialFor(sandbox.baseUrl),
		};
	});
	beforeEach(() => world?.sandbox.reset());
	afterAll(async () => {
		for (const close of closing) await close();
	});
	return () => {
		if (world === undefined) throw new Error('The world is not open yet.');
		return world;
	};
};
