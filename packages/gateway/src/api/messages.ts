import type { HoldReason } from '@icloud-ready/core';

/** What whoever gave a lead reads; what happened, then what to do. */
export interface Words {
	readonly message: string;
	readonly hint?: string;
}

const held: Readonly<Record<HoldReason, string>> = {
	key: 'The API key was refused. If it worked before, the lead is sent as soon as it works again, or another lead of the same organization arrives with a newer key. If it never worked, the gateway drops the lead after a while.',
	organization: 'The API key may not create leads in this organization, so the lead waits until it may.',
	limit: 'iCloud-Ready is not accepting more leads right now, so the lead waits for its turn.',
	network: 'iCloud-Ready cannot be reached, so the lead waits until it can.',
	answers: 'iCloud-Ready is not answering, so the lead waits until it does.',
	disk: 'The gateway cannot write to its store, so the lead waits until it can.',
};

export const waitingWords = (why: HoldReason | undefined): Words => ({
	message: `The lead is safe at the gateway. ${why === undefined ? 'It is waiting for its turn.' : held[why]}`,
});
export const sendingWords: Words = { message: 'The lead is safe at the gateway and is being sent to iCloud-Ready.' };

export const refusals = {
	noKey: {
		message: 'The x-api-key header is missing.',
		hint: 'Send the iCloud-Ready API key with each lead; the gateway has none of its own.',
	},
	badHeader: {
		message: 'The key or the organization ID contains a character that cannot be sent.',
		hint: 'Paste the key and the organization ID again.',
	},
	twice: {
		message: 'The request contains its key, organization ID or Idempotency-Key twice. Nothing was kept.',
		hint: 'Send each of these headers once.',
	},
	notJson: { message: 'The body is not a JSON object.', hint: 'Send one lead in the format of the iCloud-Ready API.' },
	notText: {
		message: 'The body contains bytes that are not valid in its charset, so names would be lost. Nothing was kept.',
		hint: 'Send it in UTF-8, or name its charset in Content-Type, for example application/json; charset=windows-1256.',
	},
	charset: {
		message: 'The gateway does not know the charset that Content-Type names. Nothing was kept.',
		hint: 'Send the body in UTF-8.',
	},
	encoded: { message: 'The body is compressed (Content-Encoding). Nothing was kept.', hint: 'Send it uncompressed.' },
	tooLong: { message: 'The body is larger than 1 MB.', hint: 'Send one lead per request.' },
	badIdempotencyKey: {
		message: 'The Idempotency-Key is not 1 to 255 visible ASCII characters.',
		hint: 'Send another one, or none.',
	},
	otherBody: {
		message: 'This Idempotency-Key was used before with a different body. Nothing was sent this time.',
		hint: 'Give each lead its own key.',
	},
	full: {
		message: 'The gateway’s queue is full, so this lead was not accepted.',
		hint: 'Send it again later.',
	},
	keyFull: {
		message: 'The gateway’s queue for this key is full, so this lead was not accepted.',
		hint: 'Look up one of the waiting leads to see what is blocking them, fix that, then send this one again.',
	},
	unverifiedFull: {
		message:
			'The gateway keeps only a few leads for keys that iCloud-Ready has never accepted, so this lead was not accepted.',
		hint: 'Check the API key and the organization ID, then send it again later.',
	},
	busy: {
		message: 'The gateway is checking many keys that iCloud-Ready has never accepted, so this call was not passed on.',
		hint: 'Nothing was created. Send it again later.',
	},
	unwritten: {
		message: 'The gateway cannot write to its store, so this lead was not accepted.',
		hint: 'Send it again later.',
	},
	unreadable: { message: 'The gateway cannot read its store.', hint: 'Ask again later.' },
	stopping: { message: 'The gateway is shutting down, so this lead was not accepted.', hint: 'Send it again.' },
	unknown: {
		message: 'The gateway’s store did not confirm whether the lead was kept.',
		hint: 'It may still be sent. Look for it in iCloud-Ready before sending it again.',
	},
	noSuchLead: { message: 'The gateway has no such lead for this key and organization.' },
	notFound: { message: 'There is nothing here. Leads are sent to POST /api/v2/leads.' },
	notReached: { message: 'The gateway cannot reach iCloud-Ready.', hint: 'Nothing was created. Send it again later.' },
	broken: {
		message: 'The gateway could not answer this call.',
		hint: 'The lead may have been kept. Look for it in iCloud-Ready before sending it again.',
	},
	discarded: { message: 'The lead was discarded at the gateway before it was sent.', hint: 'Nothing was created.' },
	arrived: {
		message: 'The lead was sent and somebody found it in iCloud-Ready; the answer is unknown.',
		hint: 'Nothing needs to be done.',
	},
	unsettled: {
		message: 'The lead was sent, got no answer, and somebody decided not to send it again.',
		hint: 'Look for it in iCloud-Ready.',
	},
} as const satisfies Readonly<Record<string, Words>>;
