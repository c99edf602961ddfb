import { dedupeKeyOf, type Lead } from '../../packages/core/src';
import type { Entry, NewEntry } from '../../packages/outbox/src';
import { entryId } from '../../packages/outbox/src/store/entry';

const lead = (number: number): Lead => ({
	leadInformation: { firstName: `Mona ${number}`, phone: `+2010012${String(number).padStart(5, '0')}` },
});

/** The lead that arrived as the `number`th, as it is given to an outbox. */
export const newEntry = (number: number, organizationId = ''): NewEntry => ({
	lead: lead(number),
	warnings: [],
	key: dedupeKeyOf(lead(number), 'phone', { host: 'crm.test', organizationId }),
	organizationId,
	policy: {},
	origin: { nodeId: 'node', message: { _msgid: `m${number}`, topic: 'leads' } },
});

/** The same as it stands in a store. */
export const entry = (number: number, organizationId = ''): Entry => ({
	...newEntry(number, organizationId),
	id: entryId(number, organizationId),
	arrivedAtMs: number,
	outcome: null,
});
