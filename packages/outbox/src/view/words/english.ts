import type { ListWords } from './types';

export const english: ListWords = {
	lists: 'Which leads to show',
	list: { waiting: 'Waiting', unconfirmed: 'Unconfirmed', ended: 'Ended' },
	search: 'Name, phone, email or message',
	csv: 'Download these leads as a CSV file',
	csvBusy: 'Making the file …',
	csvDone: 'The file was downloaded.',
	more: 'Show more',
	empty: {
		waiting: 'No lead waits.',
		unconfirmed: 'No lead is unconfirmed.',
		ended: 'No lead has ended yet, or all were forgotten after the days that they are kept.',
		search: 'No lead of this list holds these words.',
		soFar: 'Nothing found among those that were looked at so far. Press “Show more” to look further.',
	},
	state: { waiting: 'Waiting', sending: 'On its way', arrived: 'Arrived', discarded: 'Discarded' },
	resolved: {
		arrived: 'Somebody found it in iCloud-Ready and marked it as arrived.',
		discarded: 'Somebody discarded it, so it is not sent.',
		discardedSent: 'Somebody discarded it, so it is not sent again. It may exist in iCloud-Ready.',
	},
	turn: 'It waits for its turn.',
	lastAnswer: (message) => `Its last answer: ${message}`,
	unknownOutcome: 'Its outcome is not known.',
	column: {
		arrived: 'Taken in',
		ended: 'Ended',
		outcome: 'Outcome',
		message: 'What happened',
		hint: 'What to do',
	},
	action: { retry: 'Send again', arrived: 'It arrived', discard: 'Discard' },
	cancel: 'Cancel',
	question: {
		discard: 'Discard this lead? It is then not sent.',
		discardSent:
			'This lead was sent and may exist in iCloud-Ready; to discard it changes nothing there. It is then not sent again. Discard it?',
		exists: 'This lead exists in iCloud-Ready. To send it again creates a duplicate. Send it all the same?',
		mayExist:
			'This lead may exist in iCloud-Ready, and to send it again may create a duplicate. Did you look for it there and not find it?',
		anew: 'This lead was not created. Send it once more?',
	},
	done: {
		retry: (name) => `${name} is sent again.`,
		arrived: (name) => `${name} is marked as arrived.`,
		discard: (name) => `${name} was discarded.`,
	},
	notDone: (name) => `${name} was just sent, or somebody else has acted on it. The list shows how it stands.`,
};
