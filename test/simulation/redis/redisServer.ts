import { commands, type Memory, replyError } from '../../gateway/redis/commands';
import { type Call, runLua } from '../../gateway/redis/luaVm';
import type { Program } from '../host/process';
import type { Random } from '../kernel/random';
import type { Scheduler } from '../kernel/scheduler';

/** How the way to Redis misbehaves for a while. */
export interface RedisSpell {
	/** Nobody reaches it; what was said is done or not, and never answered; it takes so much longer. */
	readonly kind: 'away' | 'answersLost' | 'slow';
	readonly untilMs: number;
}

/** One program's way to Redis. */
export interface Wire {
	readonly program: Program;
	/** The connection is gone. */
	readonly onCut: () => void;
	readonly onMessage: (channel: string, text: string) => void;
	isOpen: boolean;
	isSubscribed: boolean;
	/** What comes next arrives no sooner than what came before. */
	freeAtMs: number;
	/** An answer was lost on it, so none comes any more. */
	isDeaf: boolean;
}

/** A Redis in memory that several programs reach over wires that break. */
export interface RedisServer {
	readonly memory: Memory;
	readonly call: Call;
	readonly define: (name: string, script: { readonly numberOfKeys: number; readonly lua: string }) => void;
	/** Tries to open a wire; false where nobody reaches it now. */
	readonly open: (wire: Wire) => boolean;
	/** Says something; `answer` is told what came of it, unless that is lost. */
	readonly ask: (wire: Wire, work: (call: Call) => unknown, answer: (result: unknown, error?: unknown) => void) => void;
	readonly spell: (spell: RedisSpell) => void;
	/** Ends every connection. */
	readonly cut: () => void;
	readonly heal: () => void;
	/** Calls `wake` when something came into the queue of this prefix. */
	readonly watch: (wire: Wire, prefix: string, wake: () => void) => () => void;
}

export const createRedisServer = (scheduler: Scheduler, random: Random): RedisServer => {
	const memory = {
		held: new Map(),
		published: [],
		get nowMs() {
			return scheduler.wallMs();
		},
	} as unknown as Memory;
	const scripts = new Map<string, { readonly numberOfKeys: number; readonly lua: string }>();
	const wires = new Set<Wire>();
	const watchers = new Set<{ readonly wire: Wire; readonly prefix: string; readonly wake: () => void }>();
	let pushed = new Set<string>();
	let spells: RedisSpell[] = [];
	const now = (kind: RedisSpell['kind']): boolean =>
		spells.some((each) => each.kind === kind && scheduler.nowMs() < each.untilMs);
	const call: Call = (name, ...args) => {
		const script = scripts.get(name);
		if (script !== undefined)
			return runLua(script.lua, args.slice(0, script.numberOfKeys), args.slice(script.numberOfKeys), call);
		const command = commands[name.toLowerCase()];
		if (command === undefined) throw replyError(`ERR unknown command '${name}'`);
		const [key = ''] = args;
		if (/^(?:[lr]push|zadd)$/i.test(name)) pushed.add(key.slice(0, key.lastIndexOf(':')));
		return command(memory, key, ...args.slice(1));
	};
	const later = (wire: Wire, happen: () => void): void => {
		const tookMs = random.int(1, 3) + (now('slow') ? random.int(50, 1500) : 0);
		wire.freeAtMs = Math.max(wire.freeAtMs, scheduler.nowMs() + tookMs);
		scheduler.after(wire.freeAtMs - scheduler.nowMs(), happen);
	};
	const back = (wire: Wire, happen: () => void): void => {
		wire.isDeaf ||= now('answersLost');
		if (wire.isDeaf) return;
		later(wire, () => {
			if (wire.isOpen && wire.program.isAlive()) happen();
		});
	};
	const cutWire = (wire: Wire): void => {
		if (!wire.isOpen) return;
		wire.isOpen = false;
		wires.delete(wire);
		wire.onCut();
	};
	/** What was published and pushed meanwhile reaches whoever waits for it. */
	const spread = (): void => {
		for (const [channel, text] of memory.published.splice(0))
			for (const wire of wires) if (wire.isSubscribed) back(wire, () => wire.onMessage(channel, text));
		const prefixes = pushed;
		pushed = new Set();
		if (prefixes.size > 0) for (const each of watchers) if (prefixes.has(each.prefix)) back(each.wire, each.wake);
	};
	const cut = (): void => {
		for (const wire of [...wires]) cutWire(wire);
	};
	return {
		memory,
		call,
		define: (name, script) => {
			scripts.set(name, script);
		},
		open: (wire) => {
			if (now('away')) return false;
			Object.assign(wire, { isOpen: true, isDeaf: false, isSubscribed: false, freeAtMs: 0 });
			wires.add(wire);
			return true;
		},
		ask: (wire, work, answer) => {
			later(wire, () => {
				// What is on its way when a connection ends may arrive all the same.
				if (!wire.isOpen && random.chance(0.5)) return;
				let result: unknown;
				let refused: unknown;
				try {
					result = work(call);
				} catch (error) {
					refused = error;
				}
				spread();
				if (wire.isOpen) back(wire, () => answer(result, refused));
			});
		},
		spell: (spell) => {
			spells.push(spell);
			if (spell.kind === 'away') cut();
			// A client that hears nothing any more gives its connections up by and by.
			if (spell.kind === 'answersLost') scheduler.after(spell.untilMs - scheduler.nowMs(), cut);
		},
		cut,
		heal: () => {
			spells = [];
			cut();
		},
		watch: (wire, prefix, wake) => {
			const mine = { wire, prefix, wake };
			watchers.add(mine);
			return () => {
				watchers.delete(mine);
			};
		},
	};
};
