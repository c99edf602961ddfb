import type { Act, Question } from '@icloud-ready/outbox/view/actions';
import type { List } from '../../leads/leadQueue';
import type { Resolved } from '../../leads/leadState';
import type { Why } from '@icloud-ready/outbox';

/** Everything that the inbox page says but the outcomes, whose words are the core's. */
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
	readonly lists: string;
	readonly list: Readonly<Record<List, string>>;
	readonly leads: string;
	readonly search: string;
	readonly csv: string;
	readonly csvBusy: string;
	readonly csvDone: string;
	readonly more: string;
	readonly sending: (count: string) => string;
	readonly oldest: (age: string) => string;
	readonly held: Readonly<Record<Why, string>>;
	readonly heldHere: (count: string) => string;
	readonly turn: string;
	readonly empty: Readonly<Record<List | 'search' | 'soFar', string>>;
	readonly choose: string;
	readonly back: string;
	readonly chosen: string;
	readonly state: Readonly<Record<'waiting' | Resolved, string>>;
	readonly resolved: Readonly<Record<Resolved, string>>;
	readonly lastAnswer: (message: string) => string;
	readonly unknownOutcome: string;
	readonly fact: Readonly<Record<'name' | 'arrived' | 'ended' | 'id', string>>;
	readonly column: Readonly<Record<'outcome' | 'message' | 'hint', string>>;
	readonly act: Readonly<Record<Act, string>>;
	readonly cancel: string;
	readonly question: Readonly<Record<Question, string>>;
	readonly done: Readonly<Record<Act, (name: string) => string>>;
	readonly notDone: (name: string) => string;
	readonly problem: Readonly<Record<'silent' | 'broken' | 'store' | 'asked', string>>;
}
