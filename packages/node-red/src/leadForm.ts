/** What can be chosen about a lead form node, for its runtime and its dialog; the first of each is the default. */
export const answerModes = ['whenSafe', 'atOnce', 'byNode'] as const;
export const browserAnswers = ['data', 'page', 'redirect'] as const;

/** In seconds. Tally and others take no answer after ten, so that ours is to be there before. */
export const answerSecondsLimit = { default: 9, min: 1, max: 60, unit: 'seconds' } as const;
