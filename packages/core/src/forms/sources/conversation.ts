import { memoize } from '../../text/memoize';
import { normalizeKey } from '../../text/text';
import {
	directions,
	doubtfulKeys,
	isBareNumber,
	isCallKey,
	isChatId,
	isOwnSide,
	isSenderKey,
	messageKeys,
	numberIn,
	textKeys,
} from '../conversation/marks';
import { noLeadIn } from '../conversation/noLead';
import { senderOf } from '../conversation/sender';
import type { Answer, Source, Submission } from '../answer';
import { evidenceOf } from '../evidence/evidenceOf';
import { readLabel } from '../evidence/labels';
import { groupsOf } from '../evidence/standing';
import { flattened } from '../flatten';
import { looksLikeName, looksLikePhone, textOfAnswer } from '../match/valueKind';
import { idOf, type Part } from '../parts';

/** No message has so many values; what has is a sheet or a form. */
const mostLooked = 200;

interface Told {
	readonly kind: 'chat' | 'call';
	readonly isWhatsapp: boolean;
}

const kindKeys =
	/^(?:channel|channeltype|provider|type|event|eventtype|app|platform|messagetype|typewebhook|object|resource)$/;
const otherChannel = /sms|telegram|messenger|instagram|facebook|viber|line|wechat|email|webchat/i;

/** What a name tells of a message or a call, whatever its value. */
interface NameMarks {
	readonly chat: number;
	readonly call: number;
	readonly isWhatsapp: boolean;
	readonly isSms: boolean;
	readonly isKind: boolean;
	readonly isFrom: boolean;
	readonly isTo: boolean;
	readonly isDirection: boolean;
	readonly isText: boolean;
}

const marksOf = memoize((key: string): NameMarks => {
	const name = normalizeKey(key);
	const isOfPerson = name === 'waid' || name === 'pushname';
	return {
		chat: messageKeys.has(name) ? (isOfPerson || name === 'remotejid' ? 2 : 1) : 0,
		call: !isCallKey(key)
			? // Whatever else stands between: the id of a call.
				/^call(?!er|back).*id$/.test(name)
				? 1
				: 0
			: name === 'callerid' || name === 'rawdigits' || name.startsWith('caller') || name.endsWith('المتصل')
				? 2
				: 1,
		isWhatsapp: isOfPerson,
		isSms: /^(?:sms|mms)/.test(name),
		isKind: kindKeys.test(name),
		isFrom: /^(?:from|sender|source|src)/.test(name) || (isSenderKey(key) && !doubtfulKeys.has(name)),
		isTo: isOwnSide(key),
		isDirection: directions.has(name),
		isText: textKeys.has(name),
	};
});

const comesInAs = /^(?:in(?:coming|bound|gress)?|وارد|واردة)$/i;
/** A number that somebody dialed: of any length from three digits on. */
const isDialed = (value: unknown): boolean =>
	mayBeDialed(value) && (numberIn(value) !== undefined || /^\+?\d{3,6}$/.test(textOfAnswer(value).trim()));
const mayBeDialed = (value: unknown): boolean =>
	typeof value === 'string' ? /\d/.test(value) : typeof value !== 'boolean' && value !== null;
const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Whether answers are of a message or a call, by several marks that forms do not have. */
const toldIn = (answers: readonly Answer[]): Told | undefined => {
	let [chat, call] = [0, 0];
	let [isWhatsapp, isElsewhere, hasName, hasMark] = [false, false, false, false];
	let [hasFrom, hasPhone] = [false, false];
	let hasTo = false;
	let [hasText, comesIn, hasBare] = [false, false, false];
	for (const answer of answers) {
		const { key, value, from } = answer;
		const marks = marksOf(key);
		if (typeof value === 'string' && value.length < 80 && /[@:]/.test(value) && isChatId(value)) {
			chat += 2;
			isWhatsapp = true;
		}
		chat += marks.chat;
		call += marks.call;
		const mark = marks.isKind && typeof value === 'string' && value.length < 60 ? value : '';
		if (mark !== '') {
			if (/^message|^incoming|^inbound/i.test(mark)) {
				chat += 1;
				hasMark = true;
			}
			if (/^call|phone[._]call/i.test(mark)) call += 1;
			if (/whatsapp/i.test(mark)) isWhatsapp = true;
			if (otherChannel.test(mark)) isElsewhere = true;
		}
		if (
			marks.isWhatsapp ||
			(typeof value === 'string' && value.length < 20 && /^whats ?app(?:[ _-]\w+)?$/i.test(value))
		)
			isWhatsapp = true;
		if (marks.isSms) isElsewhere = true;
		const { meaning } = evidenceOf(answer);
		if (meaning === 'fullName') hasName = true;
		if (meaning === 'leadInformation.phone') hasPhone = true;
		if (isDialed(value)) {
			const isNumber = numberIn(value) !== undefined;
			const group = from === key ? '' : lastOf(groupsOf(from));
			const isFrom = marks.isFrom || (group !== '' && /(?:^|\.)(?:from|sender|caller)\./.test(from));
			if (isFrom && isNumber) hasFrom = true;
			// The company's own number may be a short one.
			if (!isFrom && (marks.isTo || isOwnSide(group))) hasTo = true;
			if (from === key && isNumber && isBareNumber(key)) hasBare = true;
		}
		if (marks.isDirection && comesInAs.test(textOfAnswer(value).trim())) comesIn = true;
		if (marks.isText && textOfAnswer(value) !== '') hasText = true;
	}
	// The one number of a call that came in is the caller's.
	if (hasBare && comesIn) hasFrom = true;
	if (hasFrom && hasText) chat += comesIn ? 2 : 1;
	if (hasFrom && hasTo) chat += hasText ? 1 : 0;
	if (hasFrom && hasTo && !hasText) call += 1;
	// Where a call or a message came in, somebody's number is told and no text: a call.
	if (hasFrom && comesIn && !hasText) call += 1;
	if (chat < 2 && call < 2) return hasFrom && hasName && !hasPhone ? { kind: 'chat', isWhatsapp: false } : undefined;
	const kind = call > chat ? 'call' : 'chat';
	// Of chats with a number and a name it is the one; a text message has no name.
	return { kind, isWhatsapp: kind === 'chat' && (isWhatsapp || (hasName && hasMark && !isElsewhere)) };
};

/** What of a message or call is not the lead's: every number but the sender's, texts, and all of the company's own side. */
const asOfOthers = (
	answer: Answer,
	sender: Answer,
	kind: Told['kind'],
	hasName: boolean,
	strangers: ReadonlySet<string>,
): Answer => {
	const { meaning, role } = evidenceOf(answer);
	if (meaning === undefined) return answer;
	if (strangers.has(groupsOf(answer.from))) return { ...answer, whose: 'other' };
	const isOwn = isOwnSide(answer.key) || answer.from.split('.').slice(0, -1).some(isOwnSide);
	const isNumber = meaning === 'leadInformation.phone' || meaning === 'additionalPhones';
	const isAName = meaning === 'fullName' || meaning === 'leadInformation.firstName';
	const isFalse =
		(isAName && looksLikePhone(textOfAnswer(answer.value))) ||
		(meaning === 'leadInformation.company' && kind === 'call');
	// A user who has the only name is the one who wrote.
	const isOnlyName = role === 'user' && isAName && !hasName && !isFalse;
	if (!isOnlyName && (isOwn || isNumber || isFalse || role === 'user')) return { ...answer, whose: 'other' };
	return meaning === 'leadDescription' || (meaning === 'leadSource' && sender.from !== answer.from && kind === 'chat')
		? { ...answer, whose: 'visit' }
		: answer;
};

/** `caller`, `from_name`: a name where the number of the one who wrote or called might stand. */
const isNameOfSender = memoize((key: string): boolean => {
	const name = normalizeKey(key);
	return /^caller(?:id)?$/.test(name) || (name.endsWith('name') && isSenderKey(name.slice(0, -4)));
});

/** A name with the number behind it, as telephone exchanges write a caller: `"Mona Ali" <01001234567>`. */
const nameWithNumber = /^"?([^"<>]{2,60}?)"?\s*<[+\d\s()-]{5,20}>$/;
const namedCaller = ({ key, value }: Answer): string | undefined => {
	const name = normalizeKey(key);
	if (name !== 'clid' && name !== 'from' && !isNameOfSender(key)) return undefined;
	const [, told] = nameWithNumber.exec(textOfAnswer(value)) ?? [];
	return told !== undefined && looksLikeName(told) && !/\d{3}|[@:/]/.test(told) ? told.trim() : undefined;
};

/** A caller's id that is a name and no number, where no other name is told. */
const nameAsSender = (answers: readonly Answer[]): Answer | undefined =>
	answers.some((answer) => evidenceOf(answer).meaning === 'fullName')
		? undefined
		: answers.find((answer) => {
				if (namedCaller(answer) !== undefined) return true;
				const { key, value } = answer;
				const text = textOfAnswer(value);
				return isNameOfSender(key) && looksLikeName(text) && !/\d{3}|[@:/]/.test(text);
			});
const asName = (answer: Answer): Answer => ({
	key: 'name',
	value: namedCaller(answer) ?? answer.value,
	from: answer.from,
	whose: 'person',
	why: { kind: 'sender' },
});

/** Groups that hold a number of their own, which is another than that of who wrote or called. */
const strangersIn = (
	answers: readonly Answer[],
	{ answer: sender, number }: { readonly answer: Answer; readonly number: string },
): ReadonlySet<string> => {
	const digits = (value: unknown): string => textOfAnswer(value).replace(/\D/g, '').slice(-8);
	const own = groupsOf(sender.from);
	const isOf = (same: boolean) => (answer: Answer) =>
		evidenceOf(answer).meaning === 'leadInformation.phone' && (digits(answer.value) === digits(number)) === same;
	const known = new Set(answers.filter(isOf(true)).map(({ from }) => groupsOf(from)));
	return new Set(
		answers
			.filter(isOf(false))
			.map(({ from }) => groupsOf(from))
			.filter((group) => group !== '' && group !== own && !known.has(group)),
	);
};

const dedupeKeys =
	/^(?:message_?sid|message_?id|call_?sid|call_?id|message_?uuid|whatsapp_?message_?id|resource_?id)$/i;

/** The sender's own ID of a message or a call; undefined where none of these answers is one. */
export const messageIdIn = (answers: readonly Answer[]): string | undefined => {
	const id = answers.find(({ key }) => dedupeKeys.test(key));
	return id === undefined ? undefined : idOf(id.value);
};

const submissionOf = (
	answers: readonly Answer[],
	{ kind, isWhatsapp }: Told,
	country: string,
): Submission | undefined => {
	const found = senderOf(answers, country);
	if (found === undefined) return undefined;
	const { answer: sender, number } = found;
	const name = nameAsSender(answers);
	const hasName = answers.some((answer) => {
		const { meaning, role } = evidenceOf(answer);
		return meaning === 'fullName' && role !== 'user';
	});
	const strangers = strangersIn(answers, found);
	const dedupeKey = messageIdIn(answers);
	return {
		answers: [
			// Whatever else an `author` is, this one is the lead.
			{
				key: readLabel(sender.key).role === 'other' ? 'phone' : sender.key,
				value: number,
				from: sender.from,
				type: 'tel',
				whose: 'person',
				why: { kind: 'sender' },
			},
			...answers
				.filter((answer) => answer !== sender)
				.map((answer) => (answer === name ? asName(answer) : asOfOthers(answer, sender, kind, hasName, strangers))),
		],
		known: isWhatsapp ? [{ field: 'leadSource', value: 'whatsapp', from: 'WhatsApp' }] : [],
		conversation: kind,
		...(dedupeKey === undefined ? {} : { dedupeKey }),
	};
};

/** A message or a call among answers, with who wrote or called; undefined where they are something else. */
export const conversationIn = (answers: readonly Answer[], country: string): Submission | undefined => {
	if (answers.length > mostLooked) return undefined;
	const told = toldIn(answers);
	return told === undefined ? undefined : submissionOf(answers, told, country);
};

/** A message or a call as any provider sends it: who wrote or called is the lead, and the company's own number never. */
export const conversation: Source = {
	name: 'Chat or call',
	read: (payload: Part, { defaultCountry }) => {
		const answers = flattened(payload);
		if (answers.length > mostLooked) return undefined;
		const told = toldIn(answers);
		if (told === undefined) return undefined;
		const problem = noLeadIn(answers);
		if (problem !== undefined) return { problem };
		const submission = submissionOf(answers, told, defaultCountry);
		return submission === undefined ? undefined : { submissions: [submission] };
	},
};
