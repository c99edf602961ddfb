import { dedupeKeyOf, type Lead } from '../../packages/core/src';
import type { QueuedLead } from '../../packages/node-red/src/runtime/outbox/queuedLead';
import { queuedLeadFormat } from '../../packages/node-red/src/runtime/outbox/queuedLeadFormat';
import type { Entry, NewEntry } from '../../packages/outbox/src';
import { entryId } from '../../packages/outbox/src/store/entry';

/** What the entries of these tests carry: that of Node-RED, which has the most parts. */
export type Payload = QueuedLead;
export const format = queuedLeadFormat;

const lead = (number: number): Lead => ({
	leadInformation: { firstName: `Mona ${number}`, phone: `+2010012${String(number).padStart(5, '0')}` },
});

/** The lead that arrived as the `number`th, as it is given to an outbox. */
export const newEntry = (number: number, partition = ''): NewEntry<Payload> => ({
	partition,
	payload: {
		lead: lead(number),
		warnings: [],
		key: dedupeKeyOf(lead(number), 'phone', { host: 'crm.test', organizationId: partition }),
		policy: {},
		origin: { nodeId: 'node', message: { _msgid: `m${number}`, topic: 'leads' } },
	},
});

/** The same as it stands in a store. */
export const entry = (number: number, partition = ''): Entry<Payload> => ({
	...newEntry(number, partition),
	id: entryId(number, partition),
	arrivedAtMs: number,
	outcome: null,
});
