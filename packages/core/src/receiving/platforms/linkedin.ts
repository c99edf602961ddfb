import { idOf, partOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { bodySignature, signedBy, validSecrets } from '../signature';

/** What is signed begins with it, as the document says; the header holds the signature alone. */
const prefix = 'hmacsha256=';

/** LinkedIn asks again every two hours, and blocks an address that missed three times. */
export const linkedin: Platform = {
	name: 'linkedin',
	label: 'LinkedIn',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation'],
	unconfirmed:
		'The document does not say how X-LI-Signature is written: it is read as hex, as the answer to the challenge is.',
	challenge: ({ query: { challengeCode } }, secrets, host) => {
		if (typeof challengeCode !== 'string' || challengeCode === '') return undefined;
		// It asks with the secret that the application has now; which of two that is, the question does not say.
		const [secret] = validSecrets(secrets);
		if (secret === undefined) return { kind: 'refused', refusal: 'noSecret' };
		const challengeResponse = host.hmac(secret, [challengeCode], 'hex');
		return {
			kind: 'answer',
			contentType: 'application/json',
			body: JSON.stringify({ challengeCode, challengeResponse }),
		};
	},
	prove: signedBy({
		encoding: 'hex',
		read: bodySignature('x-li-signature', { before: prefix }),
	}),
	submissionId: (payload) => {
		const { id, leadGenFormResponse, notificationId } = partOf(payload);
		return idOf(leadGenFormResponse) ?? idOf(notificationId) ?? idOf(id);
	},
};
