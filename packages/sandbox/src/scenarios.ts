/**
 * Everything that can be made to happen, as data: the server obeys these tables, and the page and the command line
 * show them. A key decides by itself; an email address decides for the one lead that carries it.
 */

export type KeyRule = 'works' | 'expired' | 'readOnly' | 'limited';

export interface ScenarioKey {
	readonly key: string;
	readonly rule: KeyRule;
	/** What happens, in a few words without a final period. */
	readonly does: string;
}

/** How many leads a second `limited-key` may create. */
export const defaultLimitPerSecond = 2;

export const scenarioKeys: readonly ScenarioKey[] = [
	{ key: 'sandbox-key', rule: 'works', does: 'Works: leads are created' },
	{ key: 'expired-key', rule: 'expired', does: 'Expired: 401' },
	{ key: 'readonly-key', rule: 'readOnly', does: 'May not create leads: 403' },
	{ key: 'limited-key', rule: 'limited', does: `Works for ${defaultLimitPerSecond} leads a second, then 429` },
];

/** What a scenario address asks for. */
export type Effect =
	| { readonly kind: 'status'; readonly status: number }
	| { readonly kind: 'slow'; readonly delayMs: number }
	| { readonly kind: 'lost' }
	| { readonly kind: 'cut' }
	| { readonly kind: 'redirect' }
	| { readonly kind: 'html' };

export interface ScenarioEmail {
	/** An address that triggers it, to copy. */
	readonly email: string;
	/** Addresses that mean this scenario, well written or not; a number, where one belongs, is the first group. */
	readonly pattern: RegExp;
	/** What it makes of the number; null where the number is out of range or missing. */
	readonly effect: (number: number) => Effect | null;
	readonly does: string;
	readonly leadCreated: boolean;
}

const domain = '@sandbox.test';
const longestDelaySeconds = 120;

export const scenarioEmails: readonly ScenarioEmail[] = [
	{
		email: `status-500${domain}`,
		pattern: /^status-(\w*)@/,
		effect: (status) => (status >= 400 && status <= 599 ? { kind: 'status', status } : null),
		does: 'Answers 500; use any status from 400 to 599',
		leadCreated: false,
	},
	{
		email: `lost${domain}`,
		pattern: /^lost@/,
		effect: () => ({ kind: 'lost' }),
		does: 'Creates the lead, then cuts the connection',
		leadCreated: true,
	},
	{
		email: `cut${domain}`,
		pattern: /^cut@/,
		effect: () => ({ kind: 'cut' }),
		does: 'Cuts the connection before anything is created',
		leadCreated: false,
	},
	{
		email: `slow-8${domain}`,
		pattern: /^slow-(\w*)@/,
		effect: (seconds) =>
			seconds >= 0 && seconds <= longestDelaySeconds ? { kind: 'slow', delayMs: seconds * 1000 } : null,
		does: `Creates the lead, answers after 8 s; use any number up to ${longestDelaySeconds}`,
		leadCreated: true,
	},
	{
		email: `redirect${domain}`,
		pattern: /^redirect@/,
		effect: () => ({ kind: 'redirect' }),
		does: 'Redirects to another address (307)',
		leadCreated: false,
	},
	{
		email: `html${domain}`,
		pattern: /^html@/,
		effect: () => ({ kind: 'html' }),
		does: 'Answers with a web page (200), not JSON',
		leadCreated: false,
	},
];

export type Reading =
	| { readonly kind: 'none' }
	| { readonly kind: 'effect'; readonly effect: Effect }
	| { readonly kind: 'malformed'; readonly does: string };

/**
 * Reads the scenario an email address asks for. A scenario written with an impossible number is `malformed`, not
 * ignored: whoever types `slow-500` would otherwise wait for something that never comes.
 */
export function readScenario(email: string | null): Reading {
	const address = email?.trim().toLowerCase() ?? '';
	if (!address.endsWith(domain)) return { kind: 'none' };
	for (const scenario of scenarioEmails) {
		const match = scenario.pattern.exec(address);
		if (!match) continue;
		const digits = match[1] ?? '0';
		const effect = /^\d{1,9}$/.test(digits) ? scenario.effect(Number(digits)) : null;
		return effect ? { kind: 'effect', effect } : { kind: 'malformed', does: scenario.does };
	}
	return { kind: 'none' };
}

/** The rule of a known key, or null for any other. */
export function keyRule(key: string): KeyRule | null {
	return scenarioKeys.find((known) => known.key === key)?.rule ?? null;
}
