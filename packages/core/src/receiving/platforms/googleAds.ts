import { idOf, partOf } from '../../forms/parts';
import { hidden } from '../../outcome/shownRequest';
import { isRecord, parseJson } from '../../text/json';
import type { Platform } from '../platform';
import { anyEqual, validSecrets } from '../signature';
import * as z from 'zod/v4-mini';

const keyed = z.object({ google_key: z.string() });

/** Google proves itself by the key of the form, which stands in the body. */
export const googleAds: Platform = {
	name: 'googleAds',
	label: 'Google Ads',
	provesBy: 'key',
	secrets: ['secret', 'nextSecret'],
	documents: ['https://developers.google.com/google-ads/webhook/docs/implementation'],
	prove: ({ body }, secrets, host) => {
		const valid = validSecrets(secrets);
		if (valid.length === 0) return 'noSecret';
		const text = host.text(body);
		const read = keyed.safeParse(text === undefined ? undefined : parseJson(text));
		return read.success && anyEqual(host, [read.data.google_key], valid) ? 'genuine' : 'forged';
	},
	withoutSecret: (payload) => (isRecord(payload) ? { ...payload, google_key: hidden } : payload),
	submissionId: (payload) => idOf(partOf(payload).lead_id),
};
