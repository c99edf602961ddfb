import { idOf, partOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { bodySignature, signedBy } from '../signature';

export const typeform: Platform = {
	name: 'typeform',
	label: 'Typeform',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://www.typeform.com/developers/webhooks/secure-your-webhooks/'],
	prove: signedBy({
		encoding: 'base64',
		read: bodySignature('typeform-signature', { prefix: 'sha256=' }),
	}),
	submissionId: (payload) => idOf(partOf(partOf(payload).form_response).token),
};
