import type { Api } from '../api/api';
import { type Reply, sendTo, type Watch } from '../api/transport';
import { createDisk, type Disk } from '../disk/disk';
import { filesFor } from '../disk/filesModel';
import { levelFor } from '../disk/levelModel';
import { callGateway, type GatewayProduct, type OpenGateway } from '../host/gateway';
import { type Bundle, createProgram, loadBundle, type Program } from '../host/process';
import { createRandom, seedOf } from '../kernel/random';
import type { Scheduler } from '../kernel/scheduler';
import type { GatewayPlan } from './plan';

interface Means {
	readonly seed: number;
	readonly plan: GatewayPlan;
	readonly bundle: Bundle;
	readonly core: unknown;
	readonly required: (name: string) => unknown;
	readonly scheduler: Scheduler;
	readonly api: Api;
	readonly say: (who: string, what: string) => void;
	/** A request to the API leaves the gateway, and its answer comes back. */
	readonly watch: Watch;
	/** A new process knows nothing of what the one before was answered. */
	readonly onStart: () => void;
}

/** The way to the gateway loses something for a while. */
export interface NetworkSpell {
	readonly loses: 'request' | 'answer';
	readonly share: number;
	readonly untilMs: number;
}

/** One gateway on a machine of its own, with the way there. */
export interface GatewaySide {
	readonly disk: Disk;
	readonly start: () => void;
	readonly isUp: () => boolean;
	readonly name: () => string;
	/** How many things it waits for. */
	readonly pending: () => number;
	readonly kill: (isPowerCut: boolean) => readonly string[];
	/** Happens as it begins the operation of its disk that comes so many later; 0: now. */
	readonly beforeOperation: (count: number, happen: () => void) => void;
	readonly stop: () => void;
	readonly spell: (spell: NetworkSpell) => void;
	readonly heal: () => void;
	/** One call of somebody; what is asked for by a dead program comes back to nobody. */
	readonly call: (
		from: Pick<Program, 'after' | 'isAlive'>,
		request: {
			readonly method: string;
			readonly url: string;
			readonly headers: Readonly<Record<string, string>>;
			readonly body?: string | undefined;
		},
		timeoutMs: number,
	) => Promise<Reply>;
	readonly opened: () => OpenGateway | undefined;
}

const secret = 'a secret that nobody guesses';
const downMs = 3000;

export const createGatewaySide = (means: Means): GatewaySide => {
	const { seed, plan, scheduler, say } = means;
	const randomOf = (subject: string): ReturnType<typeof createRandom> =>
		createRandom(seedOf(seed, `gateway ${subject}`));
	const disk = createDisk(scheduler, randomOf('disk'));
	const network = randomOf('network');
	let spells: NetworkSpell[] = [];
	let starts = 0;
	let program: Program | undefined;
	let gateway: OpenGateway | undefined;
	/** Whoever waits for an answer loses it when the gateway dies. */
	const open = new Set<() => void>();

	const start = (): void => {
		if (program?.isAlive() === true) return;
		const mine = createProgram(`gateway-${++starts}`, scheduler);
		program = mine;
		gateway = undefined;
		const files = filesFor(disk, mine);
		const product = loadBundle(means.bundle, {
			program: mine,
			scheduler,
			random: randomOf(mine.name),
			required: means.required,
			modules: {
				'@icloud-ready/core': means.core,
				'classic-level': levelFor(disk, mine),
				'node:fs/promises': files.promises,
				'node:fs': files.sync,
			},
		}) as GatewayProduct;
		const read = product.readSettings(['--api', 'https://crm.test/api/v2'], { GATEWAY_SECRET: secret });
		const send = sendTo(means.api, mine, randomOf(`api ${mine.name}`), means.watch);
		say(mine.name, 'starts');
		means.onStart();
		product
			.openGateway(
				{ ...read.settings, folder: '/data/gateway', ...plan },
				{
					send,
					now: scheduler.wallMs,
					monotonicMs: () => Math.floor(scheduler.nowMs()),
					after: mine.after,
					write: (line: string) => say(mine.name, `log ${line.replace(/^.*?"level"/, '{"level"').slice(0, 150)}`),
				},
			)
			.then(
				(opened) => {
					if (!mine.isAlive()) return;
					gateway = opened;
					say(mine.name, 'listens');
				},
				(error: unknown) => {
					say(mine.name, `cannot start: ${String((error as Error).message)}`);
					mine.kill();
					scheduler.after(downMs, start);
				},
			);
	};
	let toCome: { count: number; readonly happen: () => void } | undefined;
	disk.onOperation = (by) => {
		if (toCome === undefined || by !== program || --toCome.count > 0) return;
		const { happen } = toCome;
		toCome = undefined;
		happen();
	};
	const end = (): void => {
		program?.kill();
		gateway = undefined;
		for (const lose of [...open]) lose();
		scheduler.after(downMs, start);
	};
	return {
		disk,
		start,
		isUp: () => gateway !== undefined && program?.isAlive() === true,
		name: () => program?.name ?? '',
		pending: () => program?.pending() ?? 0,
		kill: (isPowerCut) => {
			if (program?.isAlive() !== true) return [];
			say(program.name, isPowerCut ? 'ends: the power is cut' : 'is killed');
			end();
			return isPowerCut ? disk.powerCut() : [];
		},
		beforeOperation: (count, happen) => {
			if (count === 0) happen();
			else toCome = { count, happen };
		},
		stop: () => {
			const mine = program;
			if (gateway === undefined || mine === undefined) return;
			say(mine.name, 'stops');
			void gateway.close().then(() => {
				if (!mine.isAlive()) return;
				say(mine.name, 'has stopped');
				end();
			});
		},
		spell: (spell) => {
			spells.push(spell);
		},
		heal: () => {
			spells = [];
			toCome = undefined;
			disk.heal();
		},
		call: async (from, { method, url, headers, body }, timeoutMs) =>
			await new Promise((resolve) => {
				if (!from.isAlive()) return;
				let isOver = false;
				let hangUp = (): void => undefined;
				const back = (reply: Reply, inMs: number): void => {
					if (isOver) return;
					isOver = true;
					open.delete(lose);
					takeBack();
					from.after(inMs, () => resolve(reply));
				};
				const lose = (): void => back({ fault: { code: 'ECONNRESET', left: true } }, 1);
				const takeBack = from.after(timeoutMs, () => {
					back({ fault: { code: 'TIMEOUT', left: true } }, 0);
					hangUp();
				});
				const spell = spells.find(({ untilMs, share }) => scheduler.nowMs() < untilMs && network.chance(share));
				scheduler.after(network.int(1, 8), () => {
					const [mine, opened] = [program, gateway];
					if (opened === undefined || mine?.isAlive() !== true) {
						back({ fault: { code: 'ECONNREFUSED', left: false } }, 1);
						return;
					}
					if (spell?.loses === 'request') {
						lose();
						return;
					}
					open.add(lose);
					const call = callGateway(opened, mine, { method, path: new URL(url).pathname, headers, body });
					({ hangUp } = call);
					call.answer.then(
						(answered) => {
							if (!mine.isAlive()) return;
							if (spell?.loses === 'answer') lose();
							else back(answered, network.int(1, 8));
						},
						() => lose(),
					);
				});
			}),
		opened: () => gateway,
	};
};
