import type { Alert } from '../alerts/decideAlerts';
import type { Language } from '../text/language';
import { alertWords as arabic } from './arabic/alerts';
import { alertWords as english } from './english/alerts';
import type { AlertPlace, AlertText, AlertWords, ToldAlert } from './types';

/** What a person needs to know which one it is, and when. */
export interface AlertContext {
	readonly place: AlertPlace;
	/** The account's name, or the organization's ID; empty where there is none. */
	readonly name: string;
	/**
	 * The zone that times are shown in, as `Intl` names it.
	 * @default the program's own
	 */
	readonly timeZone?: string;
}

const languages: Readonly<Record<Language, { readonly words: AlertWords; readonly locale: string }>> = {
	en: { words: english, locale: 'en-GB' },
	ar: { words: arabic, locale: 'ar-EG-u-nu-latn' },
};

/** An alert in plain words of a language. It holds no person's data and no key. */
export const alertText = (alert: Alert, { place, name, timeZone }: AlertContext, language: Language): AlertText => {
	const { words, locale } = languages[language];
	const time = new Intl.DateTimeFormat(locale, {
		...(timeZone === undefined ? {} : { timeZone }),
		month: 'short',
		day: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
		timeZoneName: 'short',
	});
	const told: ToldAlert = {
		alert,
		place,
		name,
		since: time.format(alert.sinceMs),
		over: alert.overMs === undefined ? '' : time.format(alert.overMs),
		count: alert.count.toLocaleString(locale),
	};
	const { title, now, step, over } = words.kinds[alert.kind];
	const text = alert.state === 'over' ? over(told) : `${now(told)} ${step(told)}`;
	return { title: words.titled[alert.state](title(told)), text };
};
