import type { LuaScript } from './lua/fragments';
import { change, note, reopen, replace, settle, write } from './lua/moves';
import { recount, release, reserve } from './lua/places';
import { claim, tried } from './lua/trials';
import type { Redis, Result } from 'ioredis';

const commands: Readonly<Record<string, LuaScript>> = {
	gatewayWrite: write,
	gatewaySettle: settle,
	gatewayReopen: reopen,
	gatewayChange: change,
	gatewayNote: note,
	gatewayReplace: replace,
	gatewayReserve: reserve,
	gatewayRelease: release,
	gatewayRecount: recount,
	gatewayClaim: claim,
	gatewayTried: tried,
};

declare module 'ioredis' {
	interface RedisCommander<Context> {
		gatewayWrite: (...args: string[]) => Result<number, Context>;
		gatewaySettle: (...args: string[]) => Result<number, Context>;
		gatewayReopen: (...args: string[]) => Result<string, Context>;
		gatewayChange: (...args: string[]) => Result<number, Context>;
		gatewayNote: (...args: string[]) => Result<number, Context>;
		gatewayReplace: (...args: string[]) => Result<number, Context>;
		gatewayReserve: (...args: string[]) => Result<string, Context>;
		gatewayRelease: (...args: string[]) => Result<number, Context>;
		gatewayRecount: (...args: string[]) => Result<number, Context>;
		gatewayTried: (...args: string[]) => Result<number, Context>;
		gatewayClaim: (...args: string[]) => Result<string, Context>;
	}
}

/** Gives a client the gateway's own commands. */
export const defineScripts = (redis: Redis): Redis => {
	for (const [name, command] of Object.entries(commands)) redis.defineCommand(name, command);
	return redis;
};
