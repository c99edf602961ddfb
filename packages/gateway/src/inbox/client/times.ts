import { createRelativeTime, make } from '@icloud-ready/web/client';
import { language } from './words';

/** Digits as in phones and the rest of the page, in either language. */
const locale = language === 'ar' ? 'ar-EG-u-nu-latn' : 'en-US';

const { relative, full } = createRelativeTime(locale);

/** A time as long ago as it is, with its date and zone for whoever points at it. */
export const timeOf = (ms: number): HTMLTimeElement =>
	make(
		'time',
		{ datetime: new Date(ms).toISOString(), title: full(ms), 'data-ms': String(ms) },
		relative(ms, Date.now()),
	);

/** Says anew of all times on the page how long ago they are. */
export const renewTimes = (): void => {
	for (const time of document.querySelectorAll<HTMLElement>('time[data-ms]')) {
		const text = relative(Number(time.dataset['ms']), Date.now());
		if (time.textContent !== text) time.textContent = text;
	}
};
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
	const age = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
		Math.max(0, Math.floor(ms / length)),
	);
	// As all other texts here write it.
	return age.replace(/ثوان$/, 'ثوانٍ');
};
