import type { Lead } from '@icloud-ready/core';

/** What a newcomer's first lead is; whoever finds it in iCloud-Ready reads where it came from. */
export const exampleLead: Lead = {
	leadInformation: { firstName: 'Ahmed', lastName: 'Soliman', phone: '+201001234567' },
	leadDescription: 'Example lead, sent from the account dialog in Node-RED. It can be deleted.',
};
