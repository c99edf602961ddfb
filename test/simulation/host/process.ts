import type { Random } from '../kernel/random';
import type { Scheduler } from '../kernel/scheduler';
import * as crypto from 'node:crypto';
import { setMaxListeners } from 'node:events';

/** One run of a program: when it is dead nothing of it goes on, and nothing that it asked for comes back. */
export interface Program {
	readonly name: string;
	readonly isAlive: () => boolean;
	readonly kill: () => void;
	/** Happens later, if the program lives then. */
	readonly after: (ms: number, happen: () => void) => () => void;
	/** How many things it waits for. */
	readonly pending: () => number;
	/** Happens as it is killed, unless taken back before. */
	readonly onKill: (happen: () => void) => () => void;
}

export const createProgram = (name: string, { after }: Pick<Scheduler, 'after'>): Program => {
	let isAlive = true;
	let pending = 0;
	const atEnd = new Set<() => void>();
	return {
		name,
		isAlive: () => isAlive,
		kill: () => {
			isAlive = false;
			for (const happen of atEnd) happen();
			atEnd.clear();
		},
		onKill: (happen) => {
			atEnd.add(happen);
			return () => atEnd.delete(happen);
		},
		after: (ms, happen) => {
			pending++;
			let isOver = false;
			const over = (): void => {
				if (!isOver) pending--;
				isOver = true;
			};
			const takeBack = after(ms, () => {
				over();
				if (isAlive) happen();
			});
			return () => {
				over();
				takeBack();
			};
		},
		pending: () => pending,
	};
};

interface Timer {
	readonly ref: () => Timer;
	readonly unref: () => Timer;
	readonly hasRef: () => boolean;
	readonly takeBack: () => void;
}

/** What Node.js gives a program beside I/O: timers, time and chance, all of them the run's own. */
const globalsOf = (program: Program, scheduler: Scheduler, random: Random): Readonly<Record<string, unknown>> => {
	const timer = (takeBack: () => void): Timer => {
		const mine: Timer = { ref: () => mine, unref: () => mine, hasRef: () => true, takeBack };
		return mine;
	};
	const setTimer = (happen: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Timer =>
		timer(program.after(Math.max(1, Number.isFinite(ms) ? ms : 1), () => happen(...given)));
	const clear = (mine: Timer | undefined): void => mine?.takeBack();
	const now = scheduler.wallMs;
	class VirtualDate extends Date {
		constructor(...given: readonly unknown[]) {
			super(...((given.length === 0 ? [now()] : given) as [number]));
		}
		static override now(): number {
			return now();
		}
	}
	const later = (happen: (...given: unknown[]) => void, ...given: unknown[]): void =>
		scheduler.nextTick(() => {
			if (program.isAlive()) happen(...given);
		});
	const math = Object.create(Math, { random: { value: random.next } }) as unknown;
	return {
		setTimeout: setTimer,
		clearTimeout: clear,
		setInterval: () => {
			throw new Error('Nobody uses intervals.');
		},
		clearInterval: clear,
		setImmediate: (happen: () => void) => timer(program.after(0, happen)),
		clearImmediate: clear,
		performance: { now: scheduler.nowMs },
		Date: VirtualDate,
		Math: math,
		process: Object.create(process, { nextTick: { value: later } }) as unknown,
	};
};

/** A sleep that ends with its signal too, as that of Node.js, which rejects then. */
export const sleepOf =
	(program: Program) =>
	async (ms: number, value?: unknown, { signal }: { readonly signal?: AbortSignal } = {}): Promise<unknown> =>
		await new Promise((resolve, reject) => {
			const aborted = (): void => {
				takeBack();
				reject(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
			};
			if (signal?.aborted === true) {
				reject(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
				return;
			}
			const takeBack = program.after(Math.max(1, ms), () => {
				signal?.removeEventListener('abort', aborted);
				resolve(value);
			});
			// As many sleep as leads wait, which is no leak.
			if (signal !== undefined) setMaxListeners(0, signal);
			signal?.addEventListener('abort', aborted, { once: true });
		});

/** It takes long on purpose, and a run starts many gateways with one secret. */
const derivedKeys = new Map<string, Buffer>();
const scryptSync = (secret: string, salt: string, size: number, options: object): Buffer => {
	const name = JSON.stringify([secret, salt, size, options]);
	const known = derivedKeys.get(name) ?? crypto.scryptSync(secret, salt, size, options);
	derivedKeys.set(name, known);
	return known;
};

const cryptoOf = (random: Random): unknown => {
	const bytes = (size: number): Buffer => Buffer.from(Array.from({ length: size }, () => random.int(0, 255)));
	const uuid = (): string =>
		bytes(16)
			.toString('hex')
			.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	return {
		...crypto,
		scryptSync,
		randomBytes: bytes,
		randomUUID: uuid,
	};
};

/** A bundle of the product's own code, as text; each program has a run of it of its own, as each process would. */
export type Bundle = (
	required: (name: string) => unknown,
	module: { exports: unknown },
	globals: Readonly<Record<string, unknown>>,
) => void;

export interface ProgramMeans {
	readonly program: Program;
	readonly scheduler: Scheduler;
	readonly random: Random;
	/** What stands in for modules of Node.js and of npm. */
	readonly modules: Readonly<Record<string, unknown>>;
	/** Gives any other module. */
	readonly required: (name: string) => unknown;
}

/** Runs a bundle in a program, and gives what it exports. */
export const loadBundle = (
	bundle: Bundle,
	{ program, scheduler, random, modules, required }: ProgramMeans,
): unknown => {
	const module = { exports: {} };
	const own: Readonly<Record<string, unknown>> = {
		'node:timers/promises': { setTimeout: sleepOf(program) },
		'node:crypto': cryptoOf(random),
		...modules,
	};
	bundle((name) => own[name] ?? required(name), module, globalsOf(program, scheduler, random));
	return module.exports;
};
