import { type Outcome, outcomeOf } from '@icloud-ready/core';

/** What keeps a reference to an environment variable from standing for a value. */
export interface VariableFlaw {
	readonly name: string;
	/** `embedded`: it stands among other text, where Node-RED puts nothing in. */
	readonly flaw: 'unset' | 'empty' | 'embedded';
}

type Settings = Readonly<Record<string, unknown>>;

/** What Node-RED takes for a reference, now and in its older writing, as a whole value. */
const whole = /^\$(?:\{(\S+)\}|\((\S+)\))$/;
const within = /\$\{([^{}]+)\}|\$\(([A-Za-z_]\w*)\)/;
const nameIn = (pattern: RegExp, value: unknown): string | undefined => {
	const found = typeof value === 'string' ? pattern.exec(value) : null;
	return found?.[1] ?? found?.[2];
};

/** Without them nothing is sent, or it is sent elsewhere. */
const needed = new Set(['apiKey', 'organizationId', 'baseUrl']);
/** Of these Node-RED itself makes what it likes, or they are only read by people. */
const ignored = new Set(['id', 'type', 'z', 'g', 'x', 'y', 'd', 'name', 'info', 'wires', '_alias']);

/** The name of the variable that a value refers to as a whole. */
export const variableOf = (value: unknown): string | undefined => nameIn(whole, value);

/**
 * The first setting whose variable does not stand for a value. `given`: as they stand in the flow; `settings`: with the
 * variables put in, where one that is not set is left as it is.
 */
export const variableFlaw = (settings: Settings, given: Settings = settings): VariableFlaw | undefined => {
	for (const [setting, value] of Object.entries(settings)) {
		if (ignored.has(setting)) continue;
		const before = variableOf(given[setting]);
		if (before !== undefined && value === given[setting]) return { name: before, flaw: 'unset' };
		if (
			before !== undefined &&
			needed.has(setting) &&
			(typeof value !== 'string' || value.trim() === '') &&
			typeof value !== 'number'
		)
			return { name: before, flaw: 'empty' };
		const unset = variableOf(value);
		if (unset !== undefined) return { name: unset, flaw: 'unset' };
		// What a variable holds is a value, whatever stands in it.
		const embedded = before === undefined ? nameIn(within, value) : undefined;
		if (embedded !== undefined) return { name: embedded, flaw: 'embedded' };
	}
	return undefined;
};

export const variableOutcome = ({ name, flaw }: VariableFlaw): Outcome =>
	outcomeOf({ outcome: 'failed', cause: { kind: 'variable', name, flaw } });
