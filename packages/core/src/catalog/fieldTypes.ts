/**
 * What an entry of the catalog looks like, and the types of a draft and a lead that follow from the entries.
 * The entries themselves are in `fields.ts`.
 */

/** A closed set: every consumer switches over it without a `default`, so that a new kind cannot be forgotten. */
export type FieldKind =
	| 'text'
	| 'longText'
	| 'email'
	| 'phone'
	| 'country'
	| 'choice'
	| 'number'
	| 'boolean'
	| 'textList'
	| 'emailList'
	| 'phoneList'
	| 'json';

/** How a CRM user groups the fields; also the order of the groups in an editor. */
export const fieldGroups = ['person', 'address', 'interest', 'campaign', 'more'] as const;
export type FieldGroup = (typeof fieldGroups)[number];

export interface Field {
	/** Dotted path in the API's body, for example `leadInformation.address.city`. */
	readonly path: string;
	/** Flat name, unique in the catalog, for example `city`. */
	readonly name: string;
	readonly kind: FieldKind;
	readonly group: FieldGroup;
	/** Title Case, as people see it. */
	readonly label: string;
	readonly labelAr: string;
	/** One sentence a marketer understands, without a final period. */
	readonly description: string;
	readonly descriptionAr: string;
	readonly example: string | number | boolean | readonly string[];
	readonly required?: true;
	/** Values to offer; any other value is as good. */
	readonly suggestions?: readonly string[];
	/** Names that forms use for it, in English and Arabic, written as people write them. */
	readonly synonyms: readonly string[];
}

interface DraftValues {
	text: string | number;
	longText: string | number;
	email: string;
	phone: string | number;
	country: string;
	choice: string;
	number: number | string;
	boolean: boolean | string | number;
	textList: readonly (string | number)[] | string;
	emailList: readonly string[] | string;
	phoneList: readonly (string | number)[] | string;
	json: Readonly<Record<string, unknown>> | string;
}

interface LeadValues {
	text: string;
	longText: string;
	email: string;
	phone: string;
	country: string;
	choice: string;
	number: number;
	boolean: boolean;
	textList: readonly string[];
	emailList: readonly string[];
	phoneList: readonly string[];
	json: string;
}

type Optional<Path extends string, Value> = Path extends `${infer Head}.${infer Rest}`
	? { readonly [Key in Head]?: Optional<Rest, Value> }
	: { readonly [Key in Path]?: Value };

type Required<Path extends string, Value> = Path extends `${infer Head}.${infer Rest}`
	? { readonly [Key in Head]: Required<Rest, Value> }
	: { readonly [Key in Path]: Value };

type Both<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
	? All
	: never;

type DraftPart<F> = F extends { path: infer P extends string; kind: infer K extends FieldKind }
	? Optional<P, DraftValues[K]>
	: never;

type LeadPart<F> = F extends { path: infer P extends string; kind: infer K extends FieldKind }
	? F extends { required: true }
		? Required<P, LeadValues[K]>
		: Optional<P, LeadValues[K]>
	: never;

/** What a user gave, in the shape of the API's body; nothing is certain yet. */
export type DraftOf<Fields extends readonly Field[]> = Both<DraftPart<Fields[number]>>;

/** A draft that passed: what the API gets, letter for letter. */
export type LeadOf<Fields extends readonly Field[]> = Both<LeadPart<Fields[number]>>;
