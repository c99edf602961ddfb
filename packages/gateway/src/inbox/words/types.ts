import type { HoldReason } from '@icloud-ready/core';

/** What the inbox page says but the words of lists, which are shared, and of outcomes, which are the core's. */
export interface InboxWords {
	readonly direction: 'ltr' | 'rtl';
	readonly title: string;
	readonly skip: string;
	readonly otherLanguage: string;
	readonly signIn: {
		readonly heading: string;
		readonly label: string;
		readonly hint: string;
		readonly button: string;
		readonly wrong: string;
		readonly locked: (seconds: number) => string;
		readonly foreign: string;
	};
	readonly signOut: string;
	readonly link: Readonly<Record<'live' | 'connecting' | 'reconnecting' | 'still', string>>;
	readonly leads: string;
	readonly sending: (count: string) => string;
	readonly oldest: (age: string) => string;
	readonly held: Readonly<Record<HoldReason, string>>;
	readonly damaged: (count: string) => string;
	readonly damageSeen: string;
	/** Of a button that shows only the leads that wait for this. */
	readonly onlyThese: string;
	readonly heldHere: (count: string) => string;
	readonly choose: string;
	readonly back: string;
	readonly chosen: string;
	readonly fact: Readonly<Record<'name' | 'id', string>>;
	readonly copy: string;
	readonly copied: string;
	readonly keys: string;
	/** While many are acted on and the page is left. */
	readonly stillAtIt: string;
	readonly problem: Readonly<Record<'silent' | 'broken' | 'store' | 'asked' | 'gone', string>>;
}
