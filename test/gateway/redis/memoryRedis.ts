import { defineScripts } from '../../../packages/gateway/src/stores/redis/luaScripts';
import { commands, type Memory, replyError } from './commands';
import { type RedisValue, runLua } from './luaVm';
import type { Redis } from 'ioredis';

/** A Redis in memory that knows the few commands of the gateway, and runs its scripts as they are. */
export interface MemoryRedis {
	readonly redis: Redis;
	readonly memory: Memory;
	/** A command at once, for what a test sets up and looks at. */
	readonly call: (name: string, ...args: readonly (string | number)[]) => RedisValue;
}

export const memoryRedis = (nowMs = 1_800_000_000_000): MemoryRedis => {
	const memory: Memory = { held: new Map(), nowMs, published: [] };
	const scripts = new Map<string, { readonly numberOfKeys: number; readonly lua: string }>();
	const call: MemoryRedis['call'] = (name, ...given) => {
		const [key = '', ...args] = given.map(String);
		const script = scripts.get(name);
		if (script !== undefined) {
			const all = [key, ...args];
			return runLua(script.lua, all.slice(0, script.numberOfKeys), all.slice(script.numberOfKeys), call);
		}
		const command = commands[name.toLowerCase()];
		if (command === undefined) throw replyError(`ERR unknown command '${name}'`);
		return command(memory, key, ...args);
	};
	const pipeline = (): unknown => {
		const answers: [Error | null, RedisValue | undefined][] = [];
		const batch: unknown = new Proxy(
			{},
			{
				get:
					(_target, name: string) =>
					(...args: (string | number)[]) => {
						if (name === 'exec') return Promise.resolve(answers);
						try {
							answers.push([null, call(name, ...args)]);
						} catch (error) {
							answers.push([error as Error, undefined]);
						}
						return batch;
					},
			},
		);
		return batch;
	};
	const client = new Proxy(
		{},
		{
			get: (_target, name: string) => {
				if (name === 'then') return undefined;
				if (name === 'status') return 'ready';
				if (name === 'pipeline' || name === 'multi') return pipeline;
				if (name === 'defineCommand')
					return (command: string, script: { readonly numberOfKeys: number; readonly lua: string }) =>
						scripts.set(command, script);
				return async (...args: (string | number)[]) => await Promise.resolve().then(() => call(name, ...args));
			},
		},
	) as Redis;
	return { redis: defineScripts(client), memory, call };
};
