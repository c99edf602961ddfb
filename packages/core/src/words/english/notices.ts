import type { NoLead, Notice } from '../../lead/problems';
import { isNote } from '../../lead/notes';
import { shownPhone } from '../../values/phone';
import { countryName } from '../../values/country';

/** What was changed or left out on the way, as a sentence. */
export const notice = (label: string, given: Notice): string => {
	switch (given.kind) {
		case 'phoneChanged':
			return isNote(given)
				? `${label} made international: ${given.before} → ${shownPhone(given.after)}.`
				: `${label} was changed from "${given.before}" to "${given.after}".`;
		case 'secondPhone':
			return `A second number, ${given.value}, was saved in ${label}.`;
		case 'unknownCountry':
			return `${label} "${given.value}" is not a known country. It was sent unchanged.`;
		case 'unknownKey':
			return `"${given.key}" is not a lead field, so it was not sent. Use Custom Field to keep it.`;
		case 'moreUnknownKeys':
			return `${given.count.toLocaleString('en-US')} more names are not lead fields, so they were not sent. Use Custom Field to keep them.`;
		case 'givenTwice':
			return `${label} was given twice. The value at ${given.kept} was sent.`;
		case 'moved':
			return `${label} "${given.value}" did not fit, so it was saved in Custom Field.`;
		case 'countryUnsure':
			return `${label} "${given.value}" was read as a number in ${countryName(given.country, 'en')} because nothing names its country; it could also be a mobile number in Saudi Arabia or the UAE. Check it, or ask for the country in the form.`;
		case 'phoneAsName':
			return `The person gave no name, so the phone number was sent as ${label}.`;
		case 'sentAgain':
			return 'The lead was sent again after its answer was lost, so it may exist twice.';
		case 'noRecord':
			return 'The record of created leads could not be used, so this lead was not checked for duplicates. If in doubt, look for it in iCloud-Ready.';
	}
};

/** Why there is no lead in a payload, as a sentence. */
export const noLead = (given: NoLead): string => {
	switch (given.kind) {
		case 'emptyList':
			return `${given.key === undefined ? 'The list' : `The list "${given.key}"`} is empty, so it contains no lead.`;
		case 'testLead':
			return `This is a test lead from ${given.source}. Nothing was sent.`;
		case 'bookingChange':
			return 'This changes an existing booking. Nothing was sent.';
		case 'ownMessage':
			return 'This message or call came from your own side. Nothing was sent.';
		case 'pageNews':
			return 'This is a Facebook Page update, not a lead. Nothing was sent.';
		case 'emptyWebhook':
			return `This ${given.source} webhook contains no lead. Nothing was sent.`;
		case 'reaction':
			return 'This is a reaction to a WhatsApp message, not a message. Nothing was sent.';
		case 'deliveryStatus':
			return 'This is the delivery status of a WhatsApp message, not a message. Nothing was sent.';
		case 'noMessage':
			return 'This WhatsApp webhook contains no message. Nothing was sent.';
		case 'onlyId':
			return `${given.source} sent only the ID of a lead. Fetch the lead by its ${given.id} first, then pass it on.`;
	}
};
