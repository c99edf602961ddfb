import type { Weather } from '../api/api';
import type { Random } from '../kernel/random';
import type { GatewayTrouble, N8nTrouble, Trouble } from './troubles';

/**
 * Looks at one part of the world: a fault that is planted there is found in fewer seeds. What it leaves out stays as the seed
 * has it, and a plan is made of nothing but the two.
 */
export interface Focus {
	readonly where?: 'direct' | 'gateway' | 'n8n';
	/** What goes wrong, and nothing else. */
	readonly what?: readonly (Trouble | GatewayTrouble | N8nTrouble)[];
	/** How the API misbehaves, and in no other way. */
	readonly weather?: readonly [Weather, ...Weather[]];
	/** Leads a second that the API takes of one key. */
	readonly apiLimit?: number;
	/** What came into the plans later (`extras.ts`). Left out: where nothing else is focused. */
	readonly extras?: 'never' | 'often';
	/** What few plans have (`rare.ts`): often, or these of it always. Left out: where nothing else is focused. */
	readonly rare?: 'often' | readonly string[];
	/** Settings of each account, of the gateway and of the nodes. */
	readonly settings?: Readonly<Record<string, unknown>>;
}

/** Which of these go wrong in a run. */
export const possibleOf = <Name extends Trouble | GatewayTrouble | N8nTrouble>(
	names: readonly Name[],
	shares: Readonly<Record<Name, number>>,
	random: Random,
	{ what }: Focus,
): readonly Name[] =>
	names.filter((name) => (random.chance(shares[name]) && what === undefined) || what?.includes(name) === true);
