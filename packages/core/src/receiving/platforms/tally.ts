import { idOf, partOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { bodySignature, signedBy } from '../signature';

export const tally: Platform = {
	name: 'tally',
	label: 'Tally',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://tally.so/help/webhooks'],
	prove: signedBy({
		encoding: 'base64',
		read: bodySignature('tally-signature'),
	}),
	submissionId: (payload) => {
		const { data, eventId } = partOf(payload);
		return idOf(partOf(data).responseId) ?? idOf(partOf(data).submissionId) ?? idOf(eventId);
	},
};
