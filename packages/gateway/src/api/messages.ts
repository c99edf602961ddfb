import type { HoldReason } from '@icloud-ready/core';

/** What whoever gave a lead reads; what happened, then what to do. */
export interface Words {
	readonly message: string;
	readonly hint?: string;
}

const held: Readonly<Record<HoldReason, string>> = {
	key: 'The API key is refused. If iCloud-Ready accepted it before, the lead waits until its organization sends one with a key that works; if it never did, the lead is given up after a while.',
	organization: 'The key may not create leads in this organization, so the lead waits until it may.',
	limit: 'iCloud-Ready takes no more leads for now, so the lead waits for its turn.',
	network: 'iCloud-Ready cannot be reached, so the lead waits until it can.',
	answers: 'iCloud-Ready does not answer, so the lead waits until it does.',
	disk: 'The gateway cannot write to its store, so the lead waits until it can.',
};

export const waitingWords = (why: HoldReason | undefined): Words => ({
	message: `The lead is safe at the gateway. ${why === undefined ? 'It waits for its turn.' : held[why]}`,
});
export const sendingWords: Words = { message: 'The lead is safe at the gateway and on its way to iCloud-Ready.' };

export const refusals = {
	noKey: {
		message: 'The x-api-key header is missing.',
		hint: 'Send the API key of iCloud-Ready with each lead; the gateway keeps none of its own.',
	},
	badHeader: {
		message: 'The key or the organization ID has a character that cannot be sent.',
		hint: 'Paste the key and the organization ID anew.',
	},
	twice: {
		message: 'The request has its key, its organization ID or its Idempotency-Key twice. Nothing was kept.',
		hint: 'Send each of these headers once.',
	},
	notJson: { message: 'The body is not a JSON object.', hint: 'Send one lead as the API of iCloud-Ready takes it.' },
	notText: {
		message:
			'The body has bytes that are no characters in its charset, so names in it would be lost. Nothing was kept.',
		hint: 'Send it in UTF-8, or name its charset in Content-Type, such as application/json; charset=windows-1256.',
	},
	charset: {
		message: 'The gateway does not know the charset that Content-Type names. Nothing was kept.',
		hint: 'Send the body in UTF-8.',
	},
	encoded: { message: 'The body is compressed (Content-Encoding). Nothing was kept.', hint: 'Send it as it is.' },
	tooLong: { message: 'The body is larger than 1 MB.', hint: 'Send one lead with each request.' },
	badIdempotencyKey: {
		message: 'The Idempotency-Key is not 1 to 255 visible ASCII characters.',
		hint: 'Send another one, or none.',
	},
	otherBody: {
		message: 'This Idempotency-Key was sent before with another body. Nothing was sent now.',
		hint: 'Send each lead with a key of its own.',
	},
	full: {
		message: 'The gateway keeps as many waiting leads as it may, and did not keep this one.',
		hint: 'Send it again later.',
	},
	keyFull: {
		message: 'As many leads of this key wait at the gateway as may, so it did not keep this one.',
		hint: 'Ask for one of them to see what holds them, mend that, and send this one again.',
	},
	unverifiedFull: {
		message: 'The gateway keeps few leads of keys that iCloud-Ready has never accepted, and did not keep this one.',
		hint: 'Check the API key and the organization ID, and send it again later.',
	},
	busy: {
		message: 'The gateway asks iCloud-Ready for many keys that were never accepted, and did not pass this call on.',
		hint: 'Nothing was created. Send it again later.',
	},
	unwritten: {
		message: 'The gateway cannot write to its store, and did not keep this lead.',
		hint: 'Send it again later.',
	},
	unreadable: { message: 'The gateway cannot read its store.', hint: 'Ask again later.' },
	stopping: { message: 'The gateway is being stopped, and did not keep this lead.', hint: 'Send it again.' },
	unknown: {
		message: 'The gateway’s store did not say whether it took the lead.',
		hint: 'It may be sent. Look for it in iCloud-Ready before you send it again.',
	},
	noSuchLead: { message: 'The gateway knows no such lead of this key and organization.' },
	notFound: { message: 'There is nothing here. Leads are sent to POST /api/v2/leads.' },
	notReached: { message: 'The gateway cannot reach iCloud-Ready.', hint: 'Nothing was created. Send it again later.' },
	broken: {
		message: 'The gateway could not answer this call.',
		hint: 'The lead may be kept. Look for it in iCloud-Ready before you send it again.',
	},
	discarded: { message: 'The lead was discarded at the gateway before it was sent.', hint: 'Nothing was created.' },
	arrived: {
		message: 'The lead was sent, and somebody found it in iCloud-Ready; its answer is not known.',
		hint: 'Nothing needs to be done.',
	},
	unsettled: {
		message: 'The lead was sent, no answer came, and somebody decided not to send it again.',
		hint: 'Look for it in iCloud-Ready.',
	},
} as const satisfies Readonly<Record<string, Words>>;
