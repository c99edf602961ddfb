/**
 * What the judge reads in the product's logs. `test/simulation/logLines` holds each against the product's own texts, since a
 * word that changes there would leave the judge without ears.
 */
export const logLines = {
	/** The watchdog met leads that nothing held back, or why, as a gateway logs it. */
	notLeaving: /could have been sent a minute ago but (?:was|were) not[^.]*|"event":"notLeaving".*?"reason":"\w+"/,
	/** What was kept may be lost. */
	damaged: /was damaged or written by another|damaged or missing/,
	/** A disk cannot be used. */
	broken: /cannot be used/,
} as const;
