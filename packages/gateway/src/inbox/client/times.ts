import { createShownTime } from '@icloud-ready/web/client';
import { language } from './words';

/** Digits as in phones and the rest of the page, in either language. */
const locale = language === 'ar' ? 'ar-EG-u-nu-latn' : 'en-US';

export const shownTime = createShownTime(locale);
export const shownCount = (count: number): string => count.toLocaleString(locale);

const steps = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
	['second', 1000],
] as const;

/** How long something takes, in its largest whole unit. */
export const shownAge = (ms: number): string => {
	const [unit, length] = steps.find(([, each]) => ms >= each) ?? (['second', 1000] as const);
	return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
		Math.max(0, Math.floor(ms / length)),
	);
};
