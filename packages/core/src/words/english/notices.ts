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
			return `A second number, ${given.value}, was put into ${label}.`;
		case 'unknownCountry':
			return `${label} "${given.value}" is not a known country. It was sent as it is.`;
		case 'unknownKey':
			return `"${given.key}" is not a field of a lead. It was not sent; use Custom Field to keep it.`;
		case 'moreUnknownKeys':
			return `${given.count.toLocaleString('en-US')} more keys are not fields of a lead. They were not sent; use Custom Field to keep them.`;
		case 'givenTwice':
			return `${label} was given twice. The value at ${given.kept} was sent.`;
		case 'moved':
			return `${label} "${given.value}" did not fit and was put into Custom Field.`;
		case 'countryUnsure':
			return `${label} "${given.value}" was read as a number of ${countryName(given.country, 'en')}, since nothing says where it is from; it can be a mobile number of Saudi Arabia or the Emirates as well. Check it, or ask for the country in the form.`;
		case 'phoneAsName':
			return `The one who wrote or called gave no name. The phone number was sent as ${label}.`;
		case 'sentAgain':
			return 'The lead was sent again after an answer was lost, so it may exist twice.';
		case 'noRecord':
			return 'The record of created leads could not be used, so nobody looked whether this lead was created before. Look for it in iCloud-Ready if it may have been.';
	}
};

/** Why there is no lead in a payload, as a sentence. */
export const noLead = (given: NoLead): string => {
	switch (given.kind) {
		case 'emptyList':
			return `${given.key === undefined ? 'The list' : `The list "${given.key}"`} is empty, so there is no lead in it.`;
		case 'testLead':
			return `This is a test lead from ${given.source}. Nothing was sent.`;
		case 'bookingChange':
			return 'This is a change of a booking and not a new one. Nothing was sent.';
		case 'ownMessage':
			return 'This is a message or call of your own side and not of a person who asks for something. Nothing was sent.';
		case 'pageNews':
			return 'This is news of a Facebook page and not a lead. Nothing was sent.';
		case 'emptyWebhook':
			return `There is no lead in this ${given.source} webhook. Nothing was sent.`;
		case 'reaction':
			return 'This is a reaction to a WhatsApp message and not a message. Nothing was sent.';
		case 'deliveryStatus':
			return 'This is the delivery status of a WhatsApp message and not a message. Nothing was sent.';
		case 'noMessage':
			return 'There is no message in this WhatsApp webhook. Nothing was sent.';
		case 'onlyId':
			return `${given.source} sent only the ID of a lead. Fetch the lead by its ${given.id} first, then pass it on.`;
	}
};
