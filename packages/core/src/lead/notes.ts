import { westernDigits } from '../text/text';
import type { Notice } from './problems';

/** Shorter ones end like many others. */
const fewestDigits = 6;

/** The same number with the code of its country put before it, and nothing else done to it. */
const isMadeInternational = (before: string, after: string): boolean => {
	const digits = westernDigits(before)
		.replace(/\(0\)|\D/g, '')
		.replace(/^0+/, '');
	return digits.length >= fewestDigits && after.endsWith(digits);
};

/** Whether a notice is of what is done to most leads, so that nobody has to look at it. */
export const isNote = (notice: Notice): boolean =>
	notice.kind === 'phoneChanged' && isMadeInternational(notice.before, notice.after);
