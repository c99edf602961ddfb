/** Milliseconds on a clock that only goes forward, whatever is done to the machine's time: what waiting is measured on. */
export const monotonicMs = (): number => Math.floor(performance.now());
