import type { Unit } from './limits';

/**
 * A setting whose value cannot be used, as data: `words/` makes the sentence of it. `used` is the default that took its
 * place. What was given is not told: it may be a key that was pasted into the wrong place.
 */
export type SettingFlaw = { readonly setting: string } & (
	| {
			readonly kind: 'number';
			readonly min: number;
			readonly max: number;
			readonly unit: Unit;
			readonly used: number;
	  }
	| { readonly kind: 'choice'; readonly choices: readonly string[]; readonly used: string }
	| { readonly kind: 'flag'; readonly used: boolean }
	| { readonly kind: 'text'; readonly used: string }
	/** Of a list the entry at `index`, from 0, which is left out. */
	| { readonly kind: 'entry'; readonly index: number }
	/** The setting is a list, or all settings an object, and this is none. */
	| { readonly kind: 'list' | 'object' }
);
