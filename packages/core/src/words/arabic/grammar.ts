import { attemptNoun, counted, minuteNoun, secondNoun } from './counted';

export const seconds = (ms: number): string => counted(Math.round(ms / 100) / 10, secondNoun);
export const minutes = (ms: number): string => counted(Math.round(ms / 60_000), minuteNoun);
export const attempts = (count: number): string => counted(count, attemptNoun);

/** Keeps a phone number or address in its own order within Arabic text. */
export const ltr = (text: string): string => `\u2066${text}\u2069`;

/** Text that somebody typed, in whatever direction it has of its own. */
export const own = (text: string): string => `\u2068${text}\u2069`;
