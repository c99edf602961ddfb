import { idOf, partOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { bodySignature, signedBy } from '../signature';

export const calcom: Platform = {
	name: 'calcom',
	label: 'Cal.com',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://cal.com/docs/developing/guides/automation/webhooks'],
	prove: signedBy({
		encoding: 'hex',
		read: bodySignature('x-cal-signature-256'),
	}),
	// A booking and its cancellation have the same uid.
	submissionId: (payload) => {
		const { triggerEvent, payload: booking } = partOf(payload);
		const uid = idOf(partOf(booking).uid);
		return uid === undefined ? undefined : `${idOf(triggerEvent) ?? ''} ${uid}`;
	},
};
