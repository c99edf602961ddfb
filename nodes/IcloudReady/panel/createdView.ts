/** How much of the API's answer an item of a created lead carries. */
export type CreatedView =
	| { readonly kind: 'simplified' }
	| { readonly kind: 'raw' }
	/** Names of the answer, or of fields. */
	| { readonly kind: 'selected'; readonly names: readonly string[] };

/** What most workflows need, under the API's own names. */
export const simplifiedNames = [
	'_id',
	'leadNumber',
	'firstName',
	'lastName',
	'phone',
	'email',
	'leadSource',
	'campaignName',
	'creationDate',
] as const;
