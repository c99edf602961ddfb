import type { KeyRule } from '../../scenarios';

/** What the page says, apart from outcomes and fields, whose words are the core's. Plain texts, so that the page can carry them. */
export interface PageWords {
	readonly direction: 'ltr' | 'rtl';
	/** As `Intl` names it, for times. */
	readonly locale: string;
	readonly title: string;
	readonly skip: string;
	readonly otherLanguage: string;
	readonly link: Readonly<Record<'live' | 'connecting' | 'reconnecting', string>>;
	readonly sendTest: string;
	readonly clear: string;
	/** Asked before all calls are forgotten. */
	readonly clearAsked: string;
	readonly tryIt: { readonly title: string; readonly about: string };
	readonly connect: {
		readonly title: string;
		readonly baseUrl: string;
		readonly organizationId: string;
		readonly any: string;
	};
	readonly keys: { readonly title: string; readonly does: Readonly<Record<KeyRule, string>> };
	readonly scenarios: {
		readonly title: string;
		readonly about: string;
		/** By the part of the address before the number or the `@`. */
		readonly does: Readonly<Record<string, string>>;
	};
	readonly send: string;
	/** `{email}` stands for the address. */
	readonly sendWith: string;
	readonly copy: string;
	readonly copied: string;
	readonly filter: string;
	readonly all: string;
	readonly calls: string;
	readonly search: string;
	readonly searchHint: string;
	readonly newestFirst: string;
	readonly more: string;
	/** `{count}` stands for how many are kept. */
	readonly kept: string;
	readonly chosen: string;
	readonly choose: string;
	readonly noMatch: string;
	readonly noCalls: string;
	readonly waiting: string;
	readonly lead: string;
	/** `{number}` stands for the lead's number. */
	readonly leadNumber: string;
	readonly noLead: string;
	readonly back: string;
	readonly again: string;
	readonly request: string;
	readonly answer: string;
	/** `{count}` stands for how many there are. */
	readonly headers: string;
	readonly noBody: string;
	readonly noneSent: string;
	readonly notYet: string;
	readonly gone: string;
	readonly unreached: string;
	readonly notes: {
		readonly redirected: string;
		readonly withKey: string;
		/** `{paths}` stands for the fields. */
		readonly unknown: string;
		readonly held: string;
		readonly hungUp: string;
		readonly cut: string;
		/** `{number}` stands for the lead's number. */
		readonly cutCreated: string;
		readonly earlier: string;
	};
}
