import { memoize } from '../../text/memoize';
import { normalizeKey } from '../../text/text';

/** Ids of WhatsApp that hold a number: of a person; groups and hidden ids hold none. */
const chatId = /^(?:whatsapp:)?\+?(\d{7,15})(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/i;
const withChannel = /^(?:whatsapp|sms|tel|viber):\s*(\+?\d{7,15})$/i;
const groupId = /@(?:g\.us|lid|broadcast|newsletter)$/i;

/** The number in an id of a chat or a call, with its plus sign where it is an id of WhatsApp; undefined where it is something else. */
export const numberIn = (value: unknown): string | undefined => {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	if (text.length > 80 || groupId.test(text)) return undefined;
	const [, id] = chatId.exec(text) ?? [];
	if (id !== undefined) return `+${id}`;
	const [, dialed] = withChannel.exec(text) ?? [];
	if (dialed !== undefined) return dialed.startsWith('+') ? dialed : `+${dialed}`;
	return /^[+(\d][\d\s().-]{6,20}$/.test(text) && /(?:\d\D{0,2}){7}/.test(text) ? text : undefined;
};

/** Whether a value is an id or an address of WhatsApp. */
export const isChatId = (value: unknown): boolean =>
	typeof value === 'string' &&
	value.length < 80 &&
	(chatId.test(value.trim()) || /^whatsapp:/i.test(value) || groupId.test(value));

/** What builders put before a name: `field_caller_id`. */
const bare = (name: string): string => name.replace(/^(?:(?:field|input)[-_ ]*)+(?=.{2})/i, '');

const set = (names: string): ReadonlySet<string> => new Set(names.split(',').map(normalizeKey));

/** Names of the number of the one who wrote or called, whole. */
const senderKeys = set(
	'from,from number,from phone,caller,caller id,caller number,caller phone,caller phone number,caller no,callerid num,call from,ani,cli,' +
		'src,source number,source,msisdn,wa id,waid,wa_id,remote jid,remotejidalt,sender pn,participant,participant pn,chat id,author,' +
		'sender,sender id,sender number,sender phone,sender mobile,raw digits,external number,contact number,customer number,' +
		'channel phone number,visitor phone,phone,phone number,mobile,number,client number,user number,رقم المتصل,رقم المرسل,هاتف المتصل,المتصل,المرسل',
);

/** The number of a caller under a name that says so in other words: `caller_id_number`, `calling_number`. */
const ofCaller = /^call(?:er|ing)(?:id)?(?:phone|mobile|party)?(?:number|num|no|msisdn)?$/;
export const isSenderKey = memoize((key: string): boolean => {
	const name = normalizeKey(bare(key));
	return senderKeys.has(name) || ofCaller.test(name);
});

/** Those of them that any payload of a form may have for something else. */
export const doubtfulKeys = set(
	'from,source,src,author,sender,sender id,number,phone,phone number,mobile,participant,chat id,المتصل,المرسل',
);

/** Names that only a message has. */
export const messageKeys = set(
	'wa id,remote jid,push name,pushname,notify name,profile name,message sid,sms sid,sms message sid,sms status,from me,' +
		'message type,whatsapp message id,chat id,conversation id,message id,message uuid,num media,instance id,type webhook,رقم المرسل,اسم المرسل',
);
/** Names that only a call has. */
const callKeys = set(
	'caller,caller id,caller number,caller name,caller phone,caller phone number,callerid num,callerid name,call id,call sid,call status,' +
		'call duration,call type,call from,call to,raw digits,ani,dnis,ring duration,talk duration,tracking number,tracking phone number,' +
		'recording url,answered at,missed call reason,hangup cause,disposition,voicemail,رقم المتصل,اسم المتصل,مدة المكالمة',
);
export const isCallKey = memoize((key: string): boolean => {
	const name = normalizeKey(bare(key));
	return callKeys.has(name) || ofCaller.test(name) || /^call(?:er|ing)idname$/.test(name);
});
/** Names of which way a message or a call went. */
export const directions: ReadonlySet<string> = new Set([
	'direction',
	'messagetype',
	'messagedirection',
	'calldirection',
	'calltype',
	'typewebhook',
]);
/** What a message says, by the names that tools give it. */
export const textKeys = set(
	'body,text,message,conversation,caption,content,message text,text message,message body,نص الرسالة,الرسالة',
);

/** Groups and names of the company's own side, among those that say nothing by themselves. */
const ownSide =
	/^(?:(?:to|called|callee|dialed|dialled|dst|dnis|did|destination|recipient|receiver)(?:[-_ ]?(?:id|phone|party))?(?:[-_ ]?(?:number|num|no|name))?|me|own|line|trunk|extension|ext|internal.*|number|instance.*|business.*|company.*|tracking.*|display_?phone.*|phone_?number_?id|to_.*|.*_to|operator.*|agent.*|assigned.*|user.*|account.*|owner.*|forwarded?.*|المستقبل|الخط)$/i;

export const isOwnSide = memoize((name: string): boolean => ownSide.test(bare(name)));

/** Groups of the one who wrote or called. */
const senders = /^(?:sender.*|from|caller.*|contacts?|customer.*|client.*|profile|visitor|lead|external.*)$/i;

export const isSenderGroup = memoize((group: string): boolean => senders.test(group));

/** What within a group of somebody's own is their number, and beside nobody's name is the company's. */
export const isBareNumber = (key: string): boolean => /^(?:number|line)$/i.test(key);
