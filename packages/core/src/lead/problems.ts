/**
 * What keeps a draft from being a lead, as data: `words.ts` makes the sentence of it in each language.
 */
export type Problem =
	| { readonly kind: 'missing' }
	/** The host could not find out the value, for example because its expression is broken. */
	| { readonly kind: 'notEvaluated' }
	| { readonly kind: 'notText'; readonly found: 'list' | 'object' | 'boolean' }
	| { readonly kind: 'notANumber'; readonly value: string }
	| { readonly kind: 'notYesOrNo'; readonly value: string }
	| { readonly kind: 'notAList' }
	| { readonly kind: 'notAnObject' }
	| { readonly kind: 'notAnEmail'; readonly value: string }
	| { readonly kind: 'notAPhone'; readonly value: string; readonly country: string }
	| { readonly kind: 'phoneLostDigits'; readonly value: string }
	| { readonly kind: 'unknownKey'; readonly key: string; readonly didYouMean: string }
	| { readonly kind: 'notALead'; readonly found: string }
	| { readonly kind: 'fetchFirst' }
	| { readonly kind: 'api'; readonly text: string };

/** One thing that is wrong with one field; `field` is a dotted API path, or empty where the whole draft is meant. */
export interface Issue {
	readonly field: string;
	readonly message: string;
	readonly problem: Problem;
}

/** What was changed or left out on the way and did not stop the lead, as data like a problem. */
export type Notice =
	| { readonly kind: 'phoneChanged'; readonly field: string; readonly before: string; readonly after: string }
	| { readonly kind: 'secondPhone'; readonly field: string; readonly value: string }
	| { readonly kind: 'unknownCountry'; readonly field: string; readonly value: string }
	| { readonly kind: 'unknownKey'; readonly key: string }
	/** So many keys beyond those that are told one by one. */
	| { readonly kind: 'moreUnknownKeys'; readonly count: number }
	| { readonly kind: 'givenTwice'; readonly field: string; readonly kept: string }
	| { readonly kind: 'moved'; readonly field: string; readonly value: string }
	/** A number that was read as one of `country` and is as well a mobile number of the Gulf, with no sign of either. */
	| { readonly kind: 'countryUnsure'; readonly field: string; readonly value: string; readonly country: string }
	/** Who wrote or called gave no name. */
	| { readonly kind: 'phoneAsName'; readonly field: string }
	/** The user chose to send again where an answer was lost, and the second sending was answered. */
	| { readonly kind: 'sentAgain' }
	/** Duplicates are not wanted, and the record of created leads could not be asked or could not note this one. */
	| { readonly kind: 'noRecord' };

/** Why a payload that was understood gives no lead, as data like a problem. */
export type NoLead =
	| { readonly kind: 'emptyList'; readonly key?: string }
	| { readonly kind: 'testLead'; readonly source: string }
	| { readonly kind: 'bookingChange' }
	/** The company's own message or call, and nobody's who asks for something. */
	| { readonly kind: 'ownMessage' }
	| { readonly kind: 'pageNews' }
	| { readonly kind: 'emptyWebhook'; readonly source: string }
	| { readonly kind: 'reaction' }
	| { readonly kind: 'deliveryStatus' }
	| { readonly kind: 'noMessage' }
	/** A notification: the lead itself has to be fetched by its id, which the source calls `id`. */
	| { readonly kind: 'onlyId'; readonly source: string; readonly id: string };
