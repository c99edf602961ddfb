import { idOf, partOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { signedBy, timedSignature } from '../signature';

/** As in the document's own examples. */
const maxAgeMs = 3 * 60_000;

export const calendly: Platform = {
	name: 'calendly',
	label: 'Calendly',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures'],
	maxAgeMs,
	prove: signedBy({
		encoding: 'hex',
		maxAgeMs,
		read: timedSignature('calendly-webhook-signature', 'v1'),
	}),
	// A booking and its cancellation are about the same invitee.
	submissionId: (payload) => {
		const { event, payload: invitee } = partOf(payload);
		const uri = idOf(partOf(invitee).uri);
		return uri === undefined ? undefined : `${idOf(event) ?? ''} ${uri}`;
	},
};
