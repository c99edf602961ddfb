/** Why a call of a platform, or of a browser, is not answered by 200. */
export type CallRefusal =
	/** No signature, key or token, or one that does not fit. */
	| 'forged'
	/** Genuine, but made too long ago, or at a time that is still to come. */
	| 'tooOld'
	/** The platform proves itself, and nothing is set here to compare with. */
	| 'noSecret'
	/** The verify token of the platform's first question is another one. */
	| 'wrongToken'
	| 'method'
	| 'tooLarge'
	| 'mediaType'
	/** Not the JSON, the form or the text that its header promises. */
	| 'unreadable'
	/** Nothing in the flow took the message in time. */
	| 'notTaken'
	/** A part of it got out of sight in the flow. */
	| 'outOfSight'
	/** Taken, and not ended in time. */
	| 'late'
	/** Certainly not created and not kept; a repeat can mend it. */
	| 'notCreated'
	/** Only its ID came, and it could not be fetched. */
	| 'notFetched'
	/** The flow is being stopped, or too many calls wait. */
	| 'busy';

/** What the caller is told: a repeat of 503 can end well, of the others it cannot. */
export const refusalStatus: Readonly<Record<CallRefusal, 400 | 401 | 403 | 405 | 413 | 415 | 503>> = {
	forged: 401,
	tooOld: 401,
	noSecret: 503,
	wrongToken: 403,
	method: 405,
	tooLarge: 413,
	mediaType: 415,
	unreadable: 400,
	notTaken: 503,
	outOfSight: 503,
	late: 503,
	notCreated: 503,
	notFetched: 503,
	busy: 503,
};
