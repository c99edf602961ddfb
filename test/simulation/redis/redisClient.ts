import type { Call } from '../../gateway/redis/luaVm';
import type { Program } from '../host/process';
import type { Scheduler } from '../kernel/scheduler';
import type { Connection } from './bullModel';
import type { RedisServer, Wire } from './redisServer';
import { EventEmitter } from 'node:events';

interface Options {
	readonly enableOfflineQueue?: boolean;
	/** 0: nothing is asked again. Null: everything is, until it is answered. */
	readonly maxRetriesPerRequest?: number | null;
	readonly commandTimeout?: number;
	readonly retryStrategy?: (times: number) => number;
}

interface Asked {
	readonly work: (call: Call) => unknown;
	/** It leaves before the connection is ready; where that breaks just then, nobody ever answers it. */
	readonly isEarly: boolean;
	readonly resolve: (result: unknown) => void;
	readonly reject: (error: unknown) => void;
	isOver: boolean;
}

const lost = (): Error => Object.assign(new Error('Connection is closed.'), { code: 'ECONNRESET' });
type Args = readonly (string | number)[];
/** What Redis answers while it loads its files, ioredis sends as soon as there is a connection, unless it stands in a pipeline. */
const early: ReadonlySet<string> = new Set(['time', 'publish', 'info', 'config']);
const texts = (args: Args): readonly string[] => args.map(String);

/** Where the programs of a run are: which of them opens a connection to this address. */
export interface Machine {
	readonly program: Program;
	readonly server: RedisServer;
	readonly scheduler: Scheduler;
}

/** ioredis as the gateway uses it. What was not answered when a connection broke is refused, or asked once more. */
export class ModelClient extends EventEmitter implements Connection {
	status = 'wait';
	private readonly wire: Wire;
	private readonly queue: Asked[] = [];
	private readonly sent = new Set<Asked>();
	private isEnded = false;
	private tries = 0;

	constructor(
		private readonly machine: Machine,
		private readonly options: Options,
	) {
		super();
		this.setMaxListeners(0);
		this.wire = {
			program: machine.program,
			onCut: () => machine.program.isAlive() && this.onCut(),
			onMessage: (channel, text) => this.emit('message', channel, text),
			isOpen: false,
			isSubscribed: false,
			freeAtMs: 0,
			isDeaf: false,
		};
		return new Proxy(this, {
			get: (target, name, receiver) => {
				if (name === 'then') return undefined;
				if (name in target || typeof name === 'symbol') return Reflect.get(target, name, receiver) as unknown;
				return async (...args: Args) => await target.step((call) => call(name, ...texts(args)), early.has(name));
			},
		});
	}
	now = (): number => this.machine.scheduler.wallMs();
	after = (ms: number, happen: () => void): (() => void) => this.machine.program.after(ms, happen);
	watch = (prefix: string, wake: () => void): (() => void) => this.machine.server.watch(this.wire, prefix, wake);

	async connect(): Promise<void> {
		await this.pause(2);
		if (!this.machine.server.open(this.wire))
			throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
		await new Promise<void>((resolve, reject) => {
			this.once('close', () => reject(lost()));
			this.checkReady(resolve);
		});
	}
	disconnect(): void {
		this.isEnded = true;
		this.wire.isOpen = false;
		this.status = 'end';
		this.fail([...this.sent, ...this.queue.splice(0)]);
	}
	async ping(): Promise<string> {
		return await this.step(() => 'PONG');
	}
	async info(): Promise<string> {
		return await this.step(() => 'redis_version:7.2.0\ncluster_enabled:0');
	}
	async config(_get: string, name: string): Promise<readonly string[]> {
		const values: Readonly<Record<string, string>> = {
			'maxmemory-policy': 'noeviction',
			appendonly: 'yes',
			appendfsync: 'always',
		};
		return await this.step(() => [name, values[name] ?? '']);
	}
	async subscribe(): Promise<number> {
		return await this.step(() => {
			this.wire.isSubscribed = true;
			return 1;
		});
	}
	defineCommand(name: string, script: { readonly numberOfKeys: number; readonly lua: string }): void {
		this.machine.server.define(name, script);
	}
	pipeline(): unknown {
		const all: (readonly string[])[] = [];
		const batch: unknown = new Proxy(
			{},
			{
				get: (_target, name: string) => {
					if (name === 'exec') return async () => await this.batched(all);
					return (...args: Args) => {
						all.push(name === 'call' ? texts(args) : [name, ...texts(args)]);
						return batch;
					};
				},
			},
		);
		return batch;
	}
	/** A pipeline is one step here, and so is a transaction. */
	multi(): unknown {
		return this.pipeline();
	}
	async step<Result>(work: (call: Call) => Result, isEarly = false): Promise<Result> {
		const result = await new Promise<unknown>((resolve, reject) => {
			const asked: Asked = { work, isEarly, resolve, reject, isOver: false };
			const { commandTimeout } = this.options;
			if (commandTimeout !== undefined)
				this.after(commandTimeout, () => {
					if (asked.isOver) return;
					asked.isOver = true;
					reject(new Error('Command timed out'));
				});
			if (this.status === 'ready' || (this.status === 'connect' && isEarly)) this.send(asked);
			else if (this.isEnded || this.options.enableOfflineQueue === false) this.fail([asked]);
			else this.queue.push(asked);
		});
		return result as Result;
	}

	private async batched(all: readonly (readonly string[])[]): Promise<unknown> {
		// What is queued in a transaction that is thrown away does nothing.
		const isThrownAway = all[0]?.[0] === 'multi';
		return await this.step((call) =>
			all.map(([name = '', ...args]) => {
				try {
					return [null, isThrownAway ? 'QUEUED' : call(name, ...args)];
				} catch (error) {
					return [error, undefined];
				}
			}),
		);
	}
	private send(asked: Asked): void {
		this.sent.add(asked);
		this.machine.server.ask(this.wire, asked.work, (result, error) => {
			if (!this.sent.delete(asked) || asked.isOver) return;
			asked.isOver = true;
			if (error === undefined) asked.resolve(result);
			else asked.reject(error);
		});
	}
	private fail(all: readonly Asked[]): void {
		for (const asked of all) {
			this.sent.delete(asked);
			if (asked.isOver) continue;
			asked.isOver = true;
			asked.reject(lost());
		}
	}
	/** As ioredis does: what was asked before Redis said that it is ready waits for that. */
	private checkReady(then: () => void): void {
		this.status = 'connect';
		this.machine.server.ask(
			this.wire,
			() => 'ready',
			() => {
				if (this.status !== 'connect') return;
				this.onReady();
				then();
			},
		);
	}
	private onReady(): void {
		this.status = 'ready';
		this.tries = 0;
		this.emit('ready');
		for (const asked of this.queue.splice(0)) if (!asked.isOver) this.send(asked);
	}
	private onCut(): void {
		if (this.isEnded) return;
		// What left before the connection was ready is forgotten, and neither answered nor refused.
		const unanswered = [...this.sent].filter(({ isEarly }) => !(isEarly && this.status === 'connect'));
		this.status = 'reconnecting';
		this.sent.clear();
		if (this.options.maxRetriesPerRequest === null) this.queue.unshift(...unanswered);
		else this.fail(unanswered);
		this.emit('close');
		void this.reconnect();
	}
	private async reconnect(): Promise<void> {
		for (;;) {
			await this.pause(this.options.retryStrategy?.(++this.tries) ?? 1000);
			if (this.isEnded || this.wire.isOpen) return;
			if (this.machine.server.open(this.wire)) return this.checkReady(() => undefined);
			this.emit('error', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
		}
	}
	private async pause(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.after(ms, resolve));
	}
}
