import type { NoLead } from '../../lead/problems';
import { isRecord, parseJson } from '../../text/json';
import type { Answer, Source, SourceReading, Submission } from '../answer';
import { flatten } from '../flatten';
import { changeValues, known, type Part, partOf, partsOf, textOf } from '../parts';

/** What somebody wrote, tapped or put under a picture. */
const wordsOf = (message: Part): string | undefined => {
	const { type, text, button, interactive } = message;
	if (type === 'text') return textOf(partOf(text).body);
	if (type === 'button') return textOf(partOf(button).text);
	const chosen = partOf(interactive);
	const reply = textOf(partOf(chosen.button_reply).title) ?? textOf(partOf(chosen.list_reply).title);
	const inner = partOf(message[textOf(type) ?? '']);
	return reply ?? textOf(inner.caption) ?? textOf(inner.text);
};

/** A place, a card of somebody else, an order: what a message holds beside words, each under the name of its kind. */
const holdings = (messages: readonly Part[]): Readonly<Record<string, unknown>> =>
	Object.fromEntries(
		messages.flatMap((message): readonly (readonly [string, unknown])[] => {
			const { location, contacts, order } = message;
			const { latitude, longitude, name, address } = partOf(location);
			const items = partOf(order).product_items;
			return [
				['location', [name, address].flatMap((text) => textOf(text) ?? []).join(', ')],
				['latitude', textOf(latitude)],
				['longitude', textOf(longitude)],
				['sharedContacts', contacts],
				['orderItems', items],
				['catalogId', textOf(partOf(order).catalog_id)],
			];
		}),
	);

/** What somebody filled in within WhatsApp, which comes as JSON text. */
const formAnswers = (messages: readonly Part[]): readonly Answer[] =>
	messages.flatMap(({ interactive }) =>
		flatten(partOf(parseJson(textOf(partOf(partOf(interactive).nfm_reply).response_json) ?? '')), ['nfm_reply']).map(
			// What somebody typed tells more than the name of an account.
			(answer): Answer => ({ ...answer, whose: 'person' }),
		),
	);

const numberOf = (value: unknown): string | undefined => {
	const id = textOf(value);
	// WhatsApp leaves the plus sign away.
	return id !== undefined && /^\d{7,15}$/.test(id) ? `+${id}` : id;
};

/** Who wrote, by both ids that a message may name; the only one wrote what names nobody. */
interface Contacts {
	readonly byId: ReadonlyMap<string, Part>;
	readonly only: Part | undefined;
}

const contactsOf = (contacts: readonly Part[]): Contacts => ({
	byId: new Map(
		contacts.flatMap((contact) =>
			[contact.user_id, contact.wa_id].flatMap((id) => {
				const key = textOf(id);
				return key === undefined ? [] : [[key, contact] as const];
			}),
		),
	),
	only: contacts.length === 1 ? contacts[0] : undefined,
});

/** All messages of one sender are one lead: people write "hello" and then what they want. */
const submissionOf = (messages: readonly Part[], contacts: Contacts): Submission => {
	const [first = {}] = messages;
	const sender = textOf(first.from) ?? textOf(first.from_user_id) ?? textOf(first.user_id);
	const contact = partOf(contacts.byId.get(sender ?? '') ?? contacts.only);
	const referral = partOf(messages.map(({ referral: ad }) => ad).find(isRecord));
	const id = textOf(first.id);
	return {
		answers: [
			{ key: 'phone', value: numberOf(contact.wa_id ?? first.from), from: 'contacts.wa_id', type: 'tel' },
			...formAnswers(messages),
			{ key: 'name', value: partOf(contact.profile).name, from: 'contacts.profile.name' },
		],
		known: [{ field: 'leadSource', value: 'whatsapp', from: 'WhatsApp' }],
		extra: {
			message: messages
				.map(wordsOf)
				.filter((words) => words !== undefined)
				.join('\n'),
			adId: textOf(referral.source_id),
			adHeadline: textOf(referral.headline),
			adUrl: textOf(referral.source_url),
			ctwa_clid: textOf(referral.ctwa_clid),
			whatsappUserId: textOf(contact.user_id),
			whatsappMessageId: id,
			...Object.fromEntries(
				Object.entries(holdings(messages)).filter(([, value]) => value !== undefined && value !== ''),
			),
		},
		conversation: 'chat',
		...known(id),
		part: { messaging_product: 'whatsapp', contacts: [contact], messages },
	};
};

/** A heart on an earlier message, or a note of the system's, is nobody who asks for something. */
const speaks = ({ type }: Part): boolean => type !== 'reaction' && type !== 'system';

const bySender = (messages: readonly Part[]): readonly (readonly Part[])[] => {
	const senders = new Map<string, Part[]>();
	for (const message of messages) {
		const sender = textOf(message.from) ?? textOf(message.from_user_id) ?? textOf(message.user_id) ?? '';
		const all = senders.get(sender);
		if (all === undefined) senders.set(sender, [message]);
		else all.push(message);
	}
	return [...senders.values()];
};

const readValue = (value: Part): { readonly submissions: readonly Submission[]; readonly problem?: NoLead } => {
	const messages = partsOf(value.messages);
	const speaking = messages.filter(speaks);
	const contacts = contactsOf(partsOf(value.contacts));
	if (speaking.length > 0) return { submissions: bySender(speaking).map((all) => submissionOf(all, contacts)) };
	// Who calls is a lead as soon as it rings; that the call ended is none.
	const calling = partsOf(value.calls).filter(
		({ direction, event }) => direction !== 'BUSINESS_INITIATED' && event !== 'terminate',
	);
	if (calling.length > 0) return { submissions: bySender(calling).map((all) => submissionOf(all, contacts)) };
	if (messages.length > 0) return { submissions: [], problem: { kind: 'reaction' } };
	return { submissions: [], problem: { kind: 'deliveryStatus' } };
};

/** Before the Cloud, and at some providers, the same messages come without the product's name. */
const isOnPremises = ({ contacts, messages, statuses }: Part): boolean =>
	(partsOf(contacts).some((contact) => 'wa_id' in contact) &&
		partsOf(messages).some((message) => 'from' in message && 'type' in message)) ||
	(messages === undefined && partsOf(statuses).some((status) => 'recipient_id' in status && 'status' in status));

/** WhatsApp Cloud messages: the whole webhook, or one value of it as a trigger passes it on. */
export const whatsapp: Source = {
	name: 'WhatsApp',
	read: (payload): SourceReading | undefined => {
		const isValue =
			(payload.messaging_product === 'whatsapp' &&
				('messages' in payload || 'statuses' in payload || 'calls' in payload || 'metadata' in payload)) ||
			isOnPremises(payload);
		if (!isValue && payload.object !== 'whatsapp_business_account') return undefined;
		const values = isValue ? [payload] : changeValues(payload);
		const read = values.map(readValue);
		if (read.length === 0) return { problem: { kind: 'noMessage' } };
		return {
			submissions: read.flatMap(({ submissions }) => submissions),
			problems: read.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
		};
	},
};
