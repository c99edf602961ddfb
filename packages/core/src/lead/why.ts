/** Why a value of a form went where it did, as data; where its own name is the field's there is nothing to say. */
export type MatchReason =
	/** The form's type of the question says so. */
	| { readonly kind: 'type' }
	/** The label holds the field's name among other words. */
	| { readonly kind: 'words' }
	/** A longer question mentions it, and the answer looks like one. */
	| { readonly kind: 'mention' }
	/** The group that it stands in says what it is. */
	| { readonly kind: 'group' }
	/** Its label says nothing, and it looks like one. */
	| { readonly kind: 'value' }
	/** Put together of the parts that were asked for apart. */
	| { readonly kind: 'parts' }
	/** Of the one who wrote or called. */
	| { readonly kind: 'sender' }
	/** A line of a text. */
	| { readonly kind: 'line' }
	/** Kept from a field of the lead: somebody else's or the company's own. */
	| { readonly kind: 'ofOther' }
	/** Kept from a field of the lead: a property's, a page's, a campaign's. */
	| { readonly kind: 'ofThing' }
	/** Kept from a field of the lead: how somebody came, or with which device. */
	| { readonly kind: 'ofVisit' };
