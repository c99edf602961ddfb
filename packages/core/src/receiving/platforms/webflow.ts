import { idOf, partOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { headerText, signatureIn, signedBy } from '../signature';

/** As the document says. */
const maxAgeMs = 5 * 60_000;

export const webflow: Platform = {
	name: 'webflow',
	label: 'Webflow',
	provesBy: 'signature',
	secrets: ['secret', 'nextSecret'],
	documents: [
		'https://developers.webflow.com/data/changelog/webhook-signatures',
		'https://developers.webflow.com/data/v1.0.0/docs/verifying-webhook-signatures',
	],
	unconfirmed:
		'Only webhooks of an application (OAuth) are documented as signed: for one made in the dashboard without a secret choose "Any other form".',
	maxAgeMs,
	prove: signedBy({
		encoding: 'hex',
		maxAgeMs,
		read: (call) => {
			const signatures = signatureIn(call, 'x-webflow-signature');
			const time = headerText(call, 'x-webflow-timestamp') ?? '';
			if (signatures === undefined || !/^\d{1,16}$/.test(time)) return undefined;
			return { signatures, parts: [`${time}:`, call.body], madeAtMs: Number(time) };
		},
	}),
	submissionId: (payload) => {
		const { payload: form, _id: id } = partOf(payload);
		return idOf(partOf(form).id) ?? idOf(id);
	},
};
