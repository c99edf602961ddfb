import { changeValues, idOf, partsOf } from '../../forms/parts';
import type { Platform } from '../platform';
import { anyEqual, bodySignature, signedBy } from '../signature';

/** Meta asks for a verify token once and wants its challenge back. */
const challenge: Platform['challenge'] = ({ query }, { verifyToken }, host) => {
	const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': asked } = query;
	if (mode !== 'subscribe' || typeof asked !== 'string') return undefined;
	if (verifyToken === '') return { kind: 'refused', refusal: 'noSecret' };
	return typeof token === 'string' && anyEqual(host, [token], [verifyToken])
		? { kind: 'answer', contentType: 'text/plain; charset=utf-8', body: asked }
		: { kind: 'refused', refusal: 'wrongToken' };
};

const prove = signedBy({
	encoding: 'hex',
	read: bodySignature('x-hub-signature-256', { prefix: 'sha256=' }),
});

const joined = (ids: readonly (string | undefined)[]): string | undefined => {
	const all = ids.filter((id) => id !== undefined);
	return all.length === 0 || all.length < ids.length ? undefined : all.join(',');
};

const webhooks = 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started';

/** Facebook and Instagram Lead Ads. */
export const meta: Platform = {
	name: 'meta',
	label: 'Facebook and Instagram Lead Ads',
	provesBy: 'signature',
	secrets: ['verifyToken', 'secret', 'nextSecret', 'pageToken'],
	documents: [webhooks, 'https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving'],
	challenge,
	prove,
	submissionId: (payload) => joined(changeValues(payload).map(({ leadgen_id: id }) => idOf(id))),
};

/** WhatsApp messages that are leads. */
export const whatsapp: Platform = {
	name: 'whatsapp',
	label: 'WhatsApp',
	provesBy: 'signature',
	secrets: ['verifyToken', 'secret', 'nextSecret'],
	documents: [webhooks, 'https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks'],
	challenge,
	prove,
	submissionId: (payload) =>
		joined(changeValues(payload).flatMap(({ messages }) => partsOf(messages).map(({ id }) => idOf(id)))),
};
