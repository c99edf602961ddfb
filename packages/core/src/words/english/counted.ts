import { onFirstUse } from '../../text/onFirstUse';

const numbers = onFirstUse(() => new Intl.NumberFormat('en-US'));

/** A number with its noun: "1 lead", "2,000 leads". `more`: the noun of any other number than one. */
export const counted = (count: number, one: string, more = `${one}s`): string =>
	`${numbers().format(count)} ${count === 1 ? one : more}`;
