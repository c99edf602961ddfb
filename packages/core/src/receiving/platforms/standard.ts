import type { Platform } from '../platform';
import { headerText, signedBy } from '../signature';

/** What the libraries of the standard take. */
const maxAgeMs = 5 * 60_000;

/** https://www.standardwebhooks.com: the same scheme for many senders. */
export const standard: Platform = {
	name: 'standard',
	label: 'Standard Webhooks',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
	maxAgeMs,
	prove: signedBy({
		encoding: 'base64',
		maxAgeMs,
		key: (secret, { fromBase64 }) => fromBase64(secret.replace(/^whsec_/, '')),
		read: (call) => {
			const [id, time] = [headerText(call, 'webhook-id'), headerText(call, 'webhook-timestamp')];
			// Several may stand there while the sender changes its secret.
			const signatures = (headerText(call, 'webhook-signature') ?? '')
				.split(' ')
				.flatMap((each) => (each.startsWith('v1,') ? [each.slice(3)] : []));
			if (id === undefined || time === undefined || !/^\d{1,15}$/.test(time) || signatures.length === 0)
				return undefined;
			return { signatures, parts: [`${id}.${time}.`, call.body], madeAtMs: Number(time) * 1000 };
		},
	}),
	submissionId: (_payload, call) => headerText(call, 'webhook-id'),
};
