import type { Lead } from '../catalog/fields';
import { westernDigits, normalizeKey } from '../text/text';
import type { Choice } from '../values/choices';

/** By what two leads are the same; `submission` is the source's own id of one filled-in form. */
export type DuplicateKey = Choice<'duplicateKey'>;

/** What a record of created leads keeps of a lead. */
export interface DedupeKey {
	readonly by: DuplicateKey;
	/** The part that people know it by: the phone, the email or the submission's id. */
	readonly value: string;
	/** Normalized, and apart for each organization; the same text means the same lead. */
	readonly text: string;
}

/** Where a lead comes from and goes to, as far as its key depends on it. */
export interface KeyContext {
	/** Host of the API, since a sandbox's leads are not the CRM's. */
	readonly host: string;
	readonly organizationId: string;
	readonly source?: string | undefined;
	readonly dedupeKey?: string | undefined;
}

const phoneKey = (lead: Lead): string => westernDigits(lead.leadInformation.phone).replace(/[^\d+]/g, '');

/** A lead's key. One that has no email, or no id of its own, is known by its phone, which every lead has. */
export const dedupeKeyOf = (
	lead: Lead,
	by: DuplicateKey,
	{ host, organizationId, source = '', dedupeKey }: KeyContext,
): DedupeKey => {
	const key = (kind: DuplicateKey, value: string, ...parts: readonly string[]): DedupeKey => ({
		by: kind,
		value,
		text: JSON.stringify([host, organizationId, kind, ...parts]),
	});
	const { phone, email } = lead.leadInformation;
	switch (by) {
		case 'email':
			if (email !== undefined) return key('email', email, email.toLowerCase());
			break;
		case 'submission':
			if (dedupeKey !== undefined && dedupeKey !== '') return key('submission', dedupeKey, source, dedupeKey);
			break;
		case 'phoneAndCampaign':
			return key('phoneAndCampaign', phone, phoneKey(lead), normalizeKey(lead.campaignName ?? ''));
		case 'phone':
			break;
	}
	return key('phone', phone, phoneKey(lead));
};

/** A key's text without the host, since one gateway has several addresses: equal on every machine. */
export const textAnywhere = ({ text }: DedupeKey): string =>
	JSON.stringify((JSON.parse(text) as readonly string[]).slice(1));
