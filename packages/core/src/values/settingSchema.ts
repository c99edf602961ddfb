import { isRecord } from '../text/json';
import type { Limit } from './limits';
import type { SettingFlaw } from './settingFlaw';
import * as z from 'zod/v4-mini';

type WithoutName<Flaw> = Flaw extends unknown ? Omit<Flaw, 'setting'> : never;

/** One setting: what its value must be, what holds without it, and what is told where its value cannot be used. */
export interface Setting<Value> {
	readonly schema: z.ZodMiniType<Value>;
	readonly fallback: Value;
	readonly flaw: WithoutName<SettingFlaw>;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** What settings give when they are read. */
export type ValuesOf<Of extends Settings> = { readonly [Name in keyof Of]: Of[Name]['fallback'] };

const textOf = (given: unknown): unknown => (typeof given === 'number' ? String(given) : given);

/** A number within its bounds, which may come as text: so do environment variables and n8n's expressions give it. */
export const numberSetting = ({ default: fallback, min, max, unit, isWhole }: Limit): Setting<number> => ({
	schema: z.pipe(
		z.transform((given: unknown) => {
			const number = typeof given === 'string' ? Number(given) : given;
			return isWhole === true && typeof number === 'number' ? Math.floor(number) : number;
		}),
		z.number().check(z.minimum(min), z.maximum(max)),
	),
	fallback,
	flaw: { kind: 'number', min, max, unit, used: fallback },
});

/** One of a closed set; the first is the default. */
export const choiceSetting = <Value extends string>(choices: readonly [Value, ...Value[]]): Setting<Value> => ({
	schema: z.enum(choices),
	fallback: choices[0],
	flaw: { kind: 'choice', choices, used: choices[0] },
});

/** Text without space around it; a spreadsheet's organization may be a number. */
export const textSetting = (fallback = ''): Setting<string> => ({
	schema: z.pipe(z.transform(textOf), z.string().check(z.trim())),
	fallback,
	flaw: { kind: 'text', used: fallback },
});

/** Text that is kept as it stands, with the space around it, and what writes itself as text. */
export const verbatimSetting = (): Setting<string> => ({
	schema: z.pipe(
		z.transform((given: unknown) => (typeof given === 'boolean' ? String(given) : textOf(given))),
		z.string(),
	),
	fallback: '',
	flaw: { kind: 'text', used: '' },
});

/** A box to tick; environment variables and expressions give it as text. Off by default. */
export const flagSetting = (fallback = false): Setting<boolean> => ({
	schema: z.pipe(
		z.transform((given: unknown) => (given === 'true' ? true : given === 'false' ? false : given)),
		z.boolean(),
	),
	fallback,
	flaw: { kind: 'flag', used: fallback },
});

/** The same setting, where a host that leaves it out wants to hear that it was left out. */
export const optional = <Value>(setting: Setting<Value>): Setting<Value | undefined> => ({
	...setting,
	schema: z.optional(setting.schema),
	fallback: undefined,
});

/** Nobody set it: left out, or an input that was emptied. */
const isUnset = (given: unknown): boolean =>
	given === undefined || given === null || (typeof given === 'string' && given.trim() === '');

/**
 * Settings as a host stored them, which may be anything. Never throws: what is not usable has its default, and each
 * default that took the place of something that was set is told in `flaws`.
 */
export const readSettings = <Of extends Settings>(
	settings: Of,
	given: unknown,
): { readonly values: ValuesOf<Of>; readonly flaws: readonly SettingFlaw[] } => {
	const flaws: SettingFlaw[] = [];
	const stored = isRecord(given) ? given : {};
	if (!isRecord(given) && !isUnset(given)) flaws.push({ setting: '', kind: 'object' });
	const values = Object.entries(settings).flatMap(([name, { schema, fallback, flaw }]) => {
		const value = Object.hasOwn(stored, name) ? stored[name] : undefined;
		const read = isUnset(value) ? undefined : schema.safeParse(value);
		if (read?.success === false) flaws.push({ ...flaw, setting: name } as SettingFlaw);
		const used = read?.success === true ? read.data : fallback;
		return used === undefined ? [] : [[name, used] as const];
	});
	// The names are those of the settings, which the types cannot follow through a list of pairs.
	return { values: Object.fromEntries(values) as ValuesOf<Of>, flaws };
};
