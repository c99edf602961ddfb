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
		wrong: 'That token is not correct. Check it and try again.',
		locked: (seconds) => `Too many wrong tokens from your network. Wait ${seconds} s, then try again.`,
		foreign: 'This request did not come from the gateway’s own page. Reload the page and try again.',
	},
	signOut: 'Sign out',
	link: {
		live: 'Live',
		connecting: 'Connecting',
		reconnecting: 'Reconnecting',
		still: 'Long list, refreshed on request',
	},
	leads: 'Leads',
	sending: (count) => `Sending: ${count}`,
	oldest: (age) => `Oldest waiting: ${age}`,
	held: {
		key: 'The API key was refused. If it worked before, the lead is sent as soon as it works again, or another lead of the same organization arrives with a newer key. If it never worked, the gateway drops the lead after a while.',
		organization:
			'This key may not create leads in this organization. Give its role the permission Lead > Create, and check the organization ID. The gateway tries again every few minutes.',
		limit:
			'iCloud-Ready is not accepting more leads with this key right now. The lead is sent automatically as soon as it does.',
		network: 'iCloud-Ready cannot be reached. The lead is sent automatically as soon as the connection is back.',
		answers:
			'Several leads were sent with this key and got no answer. One is tried every few minutes. Check whether the unconfirmed ones are in iCloud-Ready.',
		disk: 'The gateway cannot write to its store. Free some space or give it write access; the lead is then sent automatically.',
	},
	onlyThese: 'Show only these',
	damaged: (count) =>
		`Damaged or missing: ${count}. Whatever is left of them is listed as unconfirmed. Check the gateway’s disk, look for the leads in iCloud-Ready, then press Seen.`,
	damageSeen: 'Seen',
	heldHere: (count) => `In this list: ${count}`,
	choose: 'Select a lead to see its outcome.',
	back: 'Back to the leads',
	chosen: 'Selected lead',
	fact: { name: 'Name', id: 'Gateway ID' },
	copy: 'Copy',
	copied: 'Copied',
	keys: 'Press / to search, the arrow keys to move through the leads, Space to select one, and Enter to open it.',
	stillAtIt: 'Many leads are still being processed. Stay on this page until that is done.',
	problem: {
		silent: 'The gateway did not answer. Trying again automatically.',
		broken: 'The gateway could not answer. Check its log, then reload the page.',
		store: 'The gateway cannot use its store right now. Trying again automatically.',
		gone: 'This lead is no longer kept.',
		asked: 'The gateway did not understand the request. Reload the page.',
	},
};
