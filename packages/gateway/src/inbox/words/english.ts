import type { InboxWords } from './types';

export const english: InboxWords = {
	direction: 'ltr',
	title: 'gateway',
	skip: 'Skip to the leads',
	otherLanguage: 'العربية',
	signIn: {
		heading: 'Sign in',
		label: 'Admin token',
		hint: 'It is the GATEWAY_ADMIN_TOKEN that the gateway was started with.',
		button: 'Sign in',
		wrong: 'This is not the token. Check it and try again.',
		locked: (seconds) => `Too many wrong tokens came from your network. Wait ${seconds} s, then try again.`,
		foreign: 'This request did not come from the gateway’s own page. Open the page anew and try again.',
	},
	signOut: 'Sign out',
	link: {
		live: 'Live',
		connecting: 'Connecting',
		reconnecting: 'Reconnecting',
		still: 'Long list, refreshed on request',
	},
	leads: 'Leads',
	sending: (count) => `On their way: ${count}`,
	oldest: (age) => `The oldest waits for ${age}`,
	held: {
		key: 'The API key is refused. If it worked before, the lead waits until its organization sends one with a key that works; if it never did, the lead is given up after a while.',
		organization:
			'The key may not create leads in this organization. Give its role the permission Lead > Create, or check the organization ID; it is tried again every few minutes.',
		limit: 'iCloud-Ready takes no more leads of this key for now. The lead goes by itself as soon as it does.',
		network: 'iCloud-Ready cannot be reached. The lead goes by itself as soon as it can.',
		answers:
			'Several leads of this key were sent and got no answer. One is tried every few minutes. Check in iCloud-Ready whether the unconfirmed ones arrived.',
		disk: 'The gateway cannot write to its store. Make room or let it write; the lead goes by itself then.',
	},
	damaged: (count) =>
		`Damaged or missing: ${count}. Those of which something is left are among the unconfirmed. Check the gateway’s disk, look for the leads in iCloud-Ready, then press Seen.`,
	damageSeen: 'Seen',
	heldHere: (count) => `In this list: ${count}`,
	choose: 'Choose a lead to see what became of it.',
	back: 'Back to the leads',
	chosen: 'Chosen lead',
	fact: { name: 'Name', id: 'Gateway ID' },
	problem: {
		silent: 'The gateway did not answer. It is asked again by itself.',
		broken: 'The gateway could not answer. Look into its log, then reload the page.',
		store: 'The gateway cannot use its store just now. It is tried again by itself.',
		asked: 'The gateway did not understand what was asked. Reload the page.',
	},
};
