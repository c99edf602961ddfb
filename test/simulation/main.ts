import type { Focus } from './worlds/focus';
import type { Rule, Violation } from './worlds/facts';
import type { Event, Plan } from './worlds/plan';
import { planOf } from './worlds/planOf';
import { runWorld } from './worlds/runWorld';
import type { WorldBundles } from './worlds/world';

export interface RunResult {
	readonly seed: number;
	readonly violations: readonly Violation[];
	readonly digest: () => string;
	readonly lines: () => readonly string[];
	readonly leads: number;
	readonly requests: number;
	readonly steps: number;
}

/** A run of fewer events that breaks the same rule. */
export interface Shrunk {
	readonly only: readonly number[];
	readonly events: readonly Event[];
	readonly result: RunResult;
}

export interface Simulation {
	readonly planOf: (seed: number) => Plan;
	/** Runs a seed; `only`: with these of its events, by their place in the plan. */
	readonly run: (seed: number, only?: readonly number[]) => Promise<RunResult>;
	/** The fewest events of a seed that still break the rule. */
	readonly shrink: (seed: number, rule: Rule) => Promise<Shrunk>;
}

/** `focus`: all plans look at one part of the world. */
export const createSimulation = (bundles: WorldBundles, focus: Focus = {}): Simulation => {
	const run: Simulation['run'] = async (seed, only) => {
		const whole = planOf(seed, focus);
		const plan: Plan =
			only === undefined ? whole : { ...whole, events: whole.events.filter((_, index) => only.includes(index)) };
		const { stackTraceLimit } = Error;
		// What fails by the thousand fails quicker without telling where.
		Error.stackTraceLimit = 0;
		try {
			const { violations, trace, leads, requests, steps } = await runWorld(plan, bundles);
			return {
				seed,
				violations,
				digest: trace.digest,
				lines: () => trace.lines,
				leads,
				requests,
				steps,
			};
		} finally {
			Error.stackTraceLimit = stackTraceLimit;
		}
	};
	return {
		planOf: (seed) => planOf(seed, focus),
		run,
		shrink: async (seed, rule) => {
			const breaks = async (only: readonly number[]): Promise<boolean> =>
				(await run(seed, only)).violations.some((each) => each.rule === rule);
			let only: readonly number[] = planOf(seed, focus).events.map((_, index) => index);
			for (let size = Math.ceil(only.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
				for (let at = 0; at < only.length; ) {
					const fewer = [...only.slice(0, at), ...only.slice(at + size)];
					if (await breaks(fewer)) only = fewer;
					else at += size;
				}
			}
			const result = await run(seed, only);
			return { only, events: planOf(seed, focus).events.filter((_, index) => only.includes(index)), result };
		},
	};
};
