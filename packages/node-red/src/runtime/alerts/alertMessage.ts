import { type Alert, type AlertText, alertText, type Language } from '@icloud-ready/core';

/** A message that leaves an alerts node: ready for an e-mail node, which takes the topic for the subject, and for chats. */
export interface AlertMessage {
	/** What it is about, in a line. */
	readonly topic: string;
	/** What happened, then what to do. */
	readonly payload: string;
	/** The same as data, with the words of both languages. No person's data and no key is in it. */
	readonly alert: {
		readonly kind: Alert['kind'];
		readonly state: Alert['state'];
		/** The account's name; empty where it has none. */
		readonly account: string;
		/** The organization that it is about; null: all of the account's. */
		readonly organizationId: string | null;
		/** How many leads it concerns; 0 where none is there yet, or nobody knows. */
		readonly count: number;
		/** What holds the leads back, where they wait. */
		readonly why: NonNullable<Alert['why']> | null;
		/** ISO 8601. */
		readonly since: string;
		readonly over: string | null;
		readonly en: AlertText;
		readonly ar: AlertText;
	};
}

interface Place {
	/** The account's name; empty where it has none. */
	readonly account: string;
	/** The account's own organization, which needs no name beside it. */
	readonly organizationId: string;
	/** In which the topic and the payload are. */
	readonly language: Language;
}

const iso = (ms: number): string => new Date(ms).toISOString();

export const alertMessage = (alert: Alert, { account, organizationId: own, language }: Place): AlertMessage => {
	const { kind, state, organizationId, count, why, sinceMs, overMs } = alert;
	const other = organizationId === undefined || organizationId === own ? '' : organizationId;
	const context = { place: 'account', name: [account, other].filter((part) => part !== '').join(' · ') } as const;
	const words = { en: alertText(alert, context, 'en'), ar: alertText(alert, context, 'ar') };
	return {
		topic: words[language].title,
		payload: words[language].text,
		alert: {
			kind,
			state,
			account,
			organizationId: organizationId ?? null,
			count,
			why: why ?? null,
			since: iso(sinceMs),
			over: overMs === undefined ? null : iso(overMs),
			...words,
		},
	};
};
