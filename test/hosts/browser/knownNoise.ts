/** What a host prints as an error without our package, and why it does. Everything else fails a test. */
const known: readonly { readonly pattern: RegExp; readonly why: string }[] = [];

export const isKnownNoise = (text: string): boolean => known.some(({ pattern }) => pattern.test(text));
