/** Where a lead came from, so that its outcome finds its way back after a restart. */
export interface Origin {
	/** The node that took the lead in. */
	readonly nodeId: string;
	/** The part of its message that can be stored; it never holds the request or the response of HTTP nodes. */
	readonly message: Readonly<Record<string, unknown>>;
	/** What JSON has no word for stands in the message by its type; absent where it is plain JSON. */
	readonly isTyped?: true | undefined;
	/** Places of the message that were not kept, or not as they were. */
	readonly leftOut?: readonly string[] | undefined;
}
