import { idOf, partOf, partsOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { signedBy, timedSignature } from '../signature';

/** It repeats a call for up to 72 hours, and no document says whether a repeat is stamped anew. */
const maxAgeMs = 73 * 3_600_000;

export const tiktok: Platform = {
	name: 'tiktok',
	label: 'TikTok',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://developers.tiktok.com/doc/webhooks-verification'],
	unconfirmed:
		'The document is that of the developer portal; that lead forms are signed the same way is second-hand. It names no greatest age: a call may be 73 hours old, since repeats come for 72.',
	maxAgeMs,
	prove: signedBy({
		encoding: 'hex',
		maxAgeMs,
		read: timedSignature('tiktok-signature', 's'),
	}),
	submissionId: (payload) => {
		const { entry, id, lead_id: leadId } = partOf(payload);
		const ids = partsOf(entry).map((each) => idOf(each.id) ?? idOf(each.lead_id));
		if (ids.length === 0) return idOf(id) ?? idOf(leadId);
		return ids.every((each) => each !== undefined) ? ids.join(',') : undefined;
	},
};
