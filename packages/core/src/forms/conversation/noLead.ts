import type { NoLead } from '../../lead/problems';
import { memoize } from '../../text/memoize';
import { normalizeKey } from '../../text/text';
import type { Answer } from '../answer';
import { directions } from './marks';

const isYes = (value: unknown): boolean => value === true || value === 1 || /^(?:true|1|yes)$/i.test(String(value));
const wordsIn = (value: unknown): string => (typeof value === 'string' && value.length < 100 ? value : '');

/** Keys that say of a message that the company's own side wrote it. */
const ownMarks = new Set(
	['fromme', 'isfromme', 'self', 'isself', 'outgoing', 'isoutgoing', 'isecho', 'fromapi'].map(normalizeKey),
);
const goesOut = /^(?:out(?:going|bound|gress)?|outgoing\w*|outbound[-_ ]?\w*|sent|صادر|صادرة)$/i;

const eventKeys = new Set(
	['event', 'triggerevent', 'trigger', 'action', 'type', 'eventtype', 'eventname', 'webhookevent', 'hook', 'topic'].map(
		normalizeKey,
	),
);
const change = /cancel|reschedul|no[-_. ]?show|reject|declin|deleted|\bended\b|إلغاء|ملغي/i;
const ofBooking = /book|appointment|invitee|meeting|schedul|reservation|visit|حجز|موعد/i;
/** What every booking has. */
const bookingKeys =
	/^(?:start_?time|end_?time|appointment|appointment_?type(?:id)?|booking_?(?:id|uid)?|event_?type_?(?:id)?|calendar(?:_?id)?|organizer|attendees|datetime)$/i;
const deliveries =
	/^(?:message[-_. ]?(?:ack|status|event|update)|messages[._]update|(?:delivered|read|sent|failed|queued|undelivered|enqueued))$/i;
const deliveryNews = /(?:^|[-_. ])deliver(?:y|ed)[-_. ]?(?:reports?|receipts?|status)(?:$|[-_. ])/i;
const statusKeys = new Set(['smsstatus', 'messagestatus', 'ackname'].map(normalizeKey));

/** Whether a key may say that there is no lead; most forms have none of these. */
export const mayTellNoLead = memoize((key: string): boolean => {
	const name = normalizeKey(key);
	return (
		ownMarks.has(name) ||
		directions.has(name) ||
		eventKeys.has(name) ||
		statusKeys.has(name) ||
		/^(?:owner|status|(?:is)?cancell?ed)$/.test(name)
	);
});

/** Whether something in a form that is no chat's says "self" or "sent" is told by a message beside it. */
const hasMessage = (answers: readonly Answer[]): boolean =>
	answers.some(({ key, from, value }) => {
		const name = normalizeKey(key);
		return (
			/^(?:body|conversation|messageid|messagesid|smssid|waid|remotejid|chatid|callid|callsid|rawdigits|messagetype|pushname)$/.test(
				name,
			) ||
			(/^(?:text|message|content|id|duration)$/.test(name) && typeof value === 'string') ||
			/message|call/i.test(from)
		);
	});

const isOwnMessage = (answers: readonly Answer[]): boolean =>
	answers.some(({ key, value }) => {
		const name = normalizeKey(key);
		if (ownMarks.has(name)) return isYes(value);
		if (directions.has(name)) return goesOut.test(wordsIn(value).trim());
		// The owner of a message as a mark, and not somebody of that name.
		return name === 'owner' && (value === true || value === 'true');
	}) && hasMessage(answers);

const isBookingChange = (answers: readonly Answer[]): boolean => {
	const isBooking = answers.some(
		({ key, from, value }) =>
			bookingKeys.test(key) ||
			from.split('.').some((group) => bookingKeys.test(group)) ||
			(eventKeys.has(normalizeKey(key)) && ofBooking.test(wordsIn(value))),
	);
	return (
		isBooking &&
		answers.some(({ key, value }) => {
			const name = normalizeKey(key);
			if (/^(?:is)?cancell?ed$/.test(name)) return isYes(value);
			if (name === 'status') return /^cancell?ed|^rejected|no[-_ ]?show|ملغ/i.test(wordsIn(value));
			// A call that ended was no booking, whoever organized something beside it.
			return eventKeys.has(name) && change.test(wordsIn(value)) && !/\bcall/i.test(wordsIn(value));
		})
	);
};

const isDelivery = (answers: readonly Answer[]): boolean =>
	answers.some(
		({ key, value }) =>
			(eventKeys.has(normalizeKey(key)) || statusKeys.has(normalizeKey(key))) &&
			(deliveries.test(wordsIn(value)) || deliveryNews.test(wordsIn(value))),
	) &&
	answers.some(({ key }) => /^(?:smssid|messagesid|messageid|id|ids|ack|messagestatus|gsid)$/.test(normalizeKey(key)));

/** Why answers are no lead: the company's own message, a booking that was changed or canceled, news of a delivery. */
export const noLeadIn = (answers: readonly Answer[]): NoLead | undefined => {
	// Longer lists of answers are sheets and forms.
	const looked = answers.length > 300 ? answers.slice(0, 300) : answers;
	if (!looked.some(({ key }) => mayTellNoLead(key))) return undefined;
	if (isBookingChange(looked)) return { kind: 'bookingChange' };
	if (isOwnMessage(looked)) return { kind: 'ownMessage' };
	return isDelivery(looked) ? { kind: 'deliveryStatus' } : undefined;
};
