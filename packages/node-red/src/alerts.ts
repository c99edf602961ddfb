/** How long leads may wait until somebody is told, for the runtime of an alerts node and its dialog; up to 30 days. */
export const alertMinutesLimit = { default: 30, min: 1, max: 43_200, unit: 'minutes' } as const;
