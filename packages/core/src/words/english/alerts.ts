import type { AlertKind } from '../../alerts/condition';
import type { HoldReason } from '../../outcome/holdReason';
import type { AlertPlace, AlertSentences, AlertWords, ToldAlert } from '../types';

const of = ({ name, place }: ToldAlert): string =>
	name === ''
		? place === 'account'
			? ' of the account'
			: ''
		: ` of ${place === 'account' ? name : `organization ${name}`}`;
const leads = ({ alert, count }: ToldAlert): string => (alert.count === 1 ? '1 lead' : `${count} leads`);
const are = ({ alert }: ToldAlert): string => (alert.count === 1 ? 'is' : 'are');
const waitingNow = (told: ToldAlert): string =>
	told.alert.count === 0 ? '' : ` ${leads(told)} ${are(told)} waiting; none is lost.`;

const list: Readonly<Record<AlertPlace, string>> = {
	account: 'the iCloud-Ready tab of the sidebar',
	gateway: "the gateway's inbox",
};
const store: Readonly<Record<AlertPlace, string>> = { account: 'outbox', gateway: "gateway's store" };

const whys: Readonly<Record<HoldReason, string>> = {
	key: 'iCloud-Ready refuses the API key.',
	organization: 'The API key may not create leads in this organization.',
	limit: 'iCloud-Ready is not accepting more leads right now. They are sent as soon as it does.',
	network: 'iCloud-Ready cannot be reached. They are sent as soon as the connection is back; check the network.',
	answers: 'Several leads were sent and got no answer. One is tried every few minutes.',
	disk: 'Nothing can be written where leads are kept.',
};

const kinds: Readonly<Record<AlertKind, AlertSentences>> = {
	key: {
		title: (told) => `iCloud-Ready refuses the API key${of(told)}`,
		now: (told) => `Since ${told.since} iCloud-Ready has refused the API key${of(told)}.${waitingNow(told)}`,
		step: ({ place }) =>
			place === 'account'
				? 'Paste a new key into the account and deploy.'
				: 'Enter a key that works where these leads come from.',
		over: (told) => `Since ${told.over} no lead${of(told)} is held back because of the API key any longer.`,
	},
	organization: {
		title: (told) => `The API key${of(told)} may not create leads`,
		now: (told) =>
			`Since ${told.since} iCloud-Ready has not let the API key${of(told)} create leads.${waitingNow(told)}`,
		step: () => 'Give the role of the key the permission Lead > Create, and check the organization ID.',
		over: (told) => `Since ${told.over} no lead${of(told)} is held back by a missing permission any longer.`,
	},
	waiting: {
		title: (told) => `Leads${of(told)} are waiting`,
		now: (told) => `${leads(told)}${of(told)} ${are(told)} waiting, the oldest since ${told.since}; none is lost.`,
		step: ({ alert: { why }, place }) => (why === undefined ? `See ${list[place]}.` : whys[why]),
		over: (told) => `Leads${of(told)} are no longer delayed (since ${told.over}).`,
	},
	unconfirmed: {
		title: (told) => `${leads(told)}${of(told)} ${are(told)} unconfirmed`,
		now: (told) =>
			`${leads(told)}${of(told)} ${are(told)} unconfirmed: sent, but iCloud-Ready's answer was lost, so ${told.alert.count === 1 ? 'it' : 'each'} may or may not exist there.`,
		step: ({ place }) => `Look for them in iCloud-Ready, then mark or resend each in ${list[place]}.`,
		over: (told) => `No lead${of(told)} is unconfirmed any longer (since ${told.over}).`,
	},
	queueFull: {
		title: (told) => `The queue${of(told)} is nearly full`,
		now: (told) =>
			`The queue${of(told)} is nearly full: ${leads(told)} ${are(told)} waiting. Once it is full, new leads are refused.`,
		step: () => 'Resolve what is blocking them, or raise the queue limit.',
		over: (told) => `The queue${of(told)} has room again since ${told.over}.`,
	},
	store: {
		title: (told) => `The ${store[told.place]}${of(told)} cannot be used`,
		now: (told) =>
			`The ${store[told.place]}${of(told)} has been unusable since ${told.since}, so new leads cannot be kept.`,
		step: () =>
			'Check that it is there, has free space and may be written to. It is tried again automatically; the log says why.',
		over: (told) => `The ${store[told.place]}${of(told)} works again since ${told.over}.`,
	},
	record: {
		title: (told) => `Duplicates${of(told)} are not recognized`,
		now: (told) =>
			`The record of created leads${of(told)} has been unusable since ${told.since}, so duplicates are not recognized.`,
		step: () =>
			'Check that its folder has free space and may be written to. It is tried again automatically; the log says why.',
		over: (told) => `The record of created leads${of(told)} works again since ${told.over}.`,
	},
	damaged: {
		title: (told) => `Stored data${of(told)} is damaged`,
		now: (told) =>
			`${told.alert.count === 1 ? '1 stored entry' : `${told.count} stored entries`}${of(told)} ${are(told)} missing or damaged.`,
		step: ({ place }) =>
			`What is in doubt is listed as unconfirmed in ${list[place]}. Check the disk; the log says which entries.`,
		over: (told) => `The damage${of(told)} was acknowledged at ${told.over}.`,
	},
	notLeaving: {
		title: (told) => `Leads${of(told)} are stuck`,
		now: (told) =>
			`${leads(told)}${of(told)} could be sent but ${told.alert.count === 1 ? 'has' : 'have'} not left since ${told.since}.`,
		step: ({ place }) =>
			`They are tried again automatically. If this goes on, restart ${place === 'account' ? 'Node-RED' : 'the gateway'} and report it with the log.`,
		over: (told) => `Leads${of(told)} are being sent again since ${told.over}.`,
	},
	goneBack: {
		title: () => 'The clock or the stored data has gone back in time',
		now: (told) =>
			`At ${told.since} the clock was set back, or an older copy of the ${store[told.place]} was restored.`,
		step: () =>
			'Check the clock and what was restored. Leads known to have been sent are not sent again; the log says more.',
		over: (told) => `This has been over since ${told.over}: the clock has caught up, or somebody marked it as seen.`,
	},
};

/** The English words of an alert. */
export const alertWords: AlertWords = {
	kinds,
	titled: { begun: (title) => title, still: (title) => `Still: ${title}`, over: (title) => `Over: ${title}` },
};
