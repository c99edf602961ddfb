import { idOf, partOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { signatureIn, signedBy } from '../signature';

export const typeform: Platform = {
	name: 'typeform',
	label: 'Typeform',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://www.typeform.com/developers/webhooks/secure-your-webhooks/'],
	prove: signedBy({
		encoding: 'base64',
		read: (call) => {
			const signatures = signatureIn(call, 'typeform-signature', 'sha256=');
			return signatures && { signatures, parts: [call.body] };
		},
	}),
	submissionId: (payload) => idOf(partOf(partOf(payload).form_response).token),
};
