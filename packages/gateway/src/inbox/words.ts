import type { Language } from '@icloud-ready/core';
import type { Why } from '@icloud-ready/outbox';
import type { List, Resolved } from '../queue';
import type { Act, Question } from './acts';

/** Everything that the inbox page says but the outcomes, whose words are the core's. */
export interface InboxWords {
	readonly direction: 'ltr' | 'rtl';
	readonly title: string;
	readonly skip: string;
	readonly otherLanguage: string;
	readonly signIn: { readonly heading: string; readonly label: string; readonly hint: string; readonly button: string; readonly wrong: string; readonly locked: (seconds: number) => string; readonly foreign: string };
	readonly signOut: string;
	readonly link: Readonly<Record<'live' | 'connecting' | 'reconnecting' | 'still', string>>;
	readonly lists: string;
	readonly list: Readonly<Record<List, string>>;
	readonly leads: string;
	readonly search: string;
	readonly csv: string;
	readonly csvBusy: string;
	readonly csvDone: string;
	readonly more: string;
	readonly sending: (count: string) => string;
	readonly oldest: (age: string) => string;
	readonly held: Readonly<Record<Why, string>>;
	readonly heldHere: (count: string) => string;
	readonly turn: string;
	readonly empty: Readonly<Record<List | 'search' | 'soFar', string>>;
	readonly choose: string;
	readonly back: string;
	readonly chosen: string;
	readonly state: Readonly<Record<'waiting' | Resolved, string>>;
	readonly resolved: Readonly<Record<Resolved, string>>;
	readonly lastAnswer: (message: string) => string;
	readonly unknownOutcome: string;
	readonly fact: Readonly<Record<'name' | 'arrived' | 'ended' | 'id', string>>;
	readonly column: Readonly<Record<'outcome' | 'message' | 'hint', string>>;
	readonly act: Readonly<Record<Act, string>>;
	readonly cancel: string;
	readonly question: Readonly<Record<Question, string>>;
	readonly done: Readonly<Record<Act, (name: string) => string>>;
	readonly notDone: (name: string) => string;
	readonly problem: Readonly<Record<'silent' | 'broken' | 'store' | 'asked', string>>;
}

/** So that a word of the other direction turns nothing around it. */
const apart = (text: string): string => `\u2068${text}\u2069`;

const english: InboxWords = {
	direction: 'ltr',
	title: 'gateway',
	skip: 'Skip to the leads',
	otherLanguage: 'العربية',
	signIn: {
		heading: 'Sign in', label: 'Admin token', hint: 'It is the GATEWAY_ADMIN_TOKEN that the gateway was started with.', button: 'Sign in',
		wrong: 'This is not the token. Check it and try again.',
		locked: (seconds) => `Too many wrong tokens came from your network. Wait ${seconds} s, then try again.`,
		foreign: 'This request did not come from the gateway’s own page. Open the page anew and try again.',
	},
	signOut: 'Sign out',
	link: { live: 'Live', connecting: 'Connecting', reconnecting: 'Reconnecting', still: 'Long list, refreshed on request' },
	lists: 'Which leads to show',
	list: { waiting: 'Waiting', unconfirmed: 'Unconfirmed', ended: 'Ended' },
	leads: 'Leads',
	search: 'Name, phone, email or message',
	csv: 'Download these leads as a CSV file',
	csvBusy: 'Making the file …',
	csvDone: 'The file was downloaded.',
	more: 'Show more',
	sending: (count) => `On their way: ${count}`,
	oldest: (age) => `The oldest waits for ${age}`,
	held: {
		key: 'The API key is refused. The lead waits until its organization sends one with a key that works.',
		organization: 'The key may not create leads in this organization. Give its role the permission Lead > Create, or check the organization ID; it is tried again every few minutes.',
		limit: 'iCloud-Ready takes no more leads of this key for now. The lead goes by itself as soon as it does.',
		network: 'iCloud-Ready cannot be reached. The lead goes by itself as soon as it can.',
		answers: 'Several leads of this key were sent and got no answer. One is tried every few minutes. Check in iCloud-Ready whether the unconfirmed ones arrived.',
		disk: 'The gateway cannot write to its store. Make room or let it write; the lead goes by itself then.',
	},
	heldHere: (count) => `In this list: ${count}`,
	turn: 'It waits for its turn.',
	empty: {
		waiting: 'No lead waits.', unconfirmed: 'No lead is unconfirmed.', ended: 'No lead has ended yet, or all were forgotten after the days that the gateway keeps them.',
		search: 'No lead of this list holds these words.', soFar: 'Nothing found among those that were looked at so far. Press “Show more” to look further.',
	},
	choose: 'Choose a lead to see what became of it.',
	back: 'Back to the leads',
	chosen: 'Chosen lead',
	state: { waiting: 'Waiting', arrived: 'Arrived', discarded: 'Discarded' },
	resolved: { arrived: 'Somebody found it in iCloud-Ready and marked it as arrived.', discarded: 'Somebody discarded it, so it is not sent.' },
	lastAnswer: (message) => `Its last answer: ${message}`,
	unknownOutcome: 'Its outcome is not known.',
	fact: { name: 'Name', arrived: 'Taken in', ended: 'Ended', id: 'Gateway ID' },
	column: { outcome: 'Outcome', message: 'What happened', hint: 'What to do' },
	act: { retry: 'Send again', arrived: 'It arrived', discard: 'Discard' },
	cancel: 'Cancel',
	question: {
		discard: 'Discard this lead? It is then not sent.',
		exists: 'This lead exists in iCloud-Ready. To send it again creates a duplicate. Send it all the same?',
		mayExist: 'This lead may exist in iCloud-Ready, and to send it again may create a duplicate. Did you look for it there and not find it?',
		anew: 'This lead was not created. Send it once more?',
	},
	done: { retry: (name) => `${name} is sent again.`, arrived: (name) => `${name} is marked as arrived.`, discard: (name) => `${name} was discarded.` },
	notDone: (name) => `${name} was just sent, or somebody else has acted on it. The list shows how it stands.`,
	problem: {
		silent: 'The gateway did not answer. It is asked again by itself.',
		broken: 'The gateway could not answer. Look into its log, then reload the page.',
		store: 'The gateway cannot use its store just now. It is tried again by itself.',
		asked: 'The gateway did not understand what was asked. Reload the page.',
	},
};

const arabic: InboxWords = {
	direction: 'rtl',
	title: 'البوابة',
	skip: 'انتقل إلى العملاء',
	otherLanguage: 'English',
	signIn: {
		heading: 'تسجيل الدخول', label: 'رمز المسؤول', hint: `هو ${apart('GATEWAY_ADMIN_TOKEN')} الذي شُغّلت به البوابة.`, button: 'دخول',
		wrong: 'هذا ليس الرمز الصحيح. راجعه ثم حاول مرة أخرى.',
		locked: (seconds) => `وصلت رموز خاطئة كثيرة من شبكتك. انتظر ${seconds} ثانية ثم حاول مرة أخرى.`,
		foreign: 'لم يأت هذا الطلب من صفحة البوابة نفسها. افتح الصفحة من جديد ثم حاول مرة أخرى.',
	},
	signOut: 'تسجيل الخروج',
	link: { live: 'مباشر', connecting: 'جارٍ الاتصال', reconnecting: 'تُعاد محاولة الاتصال', still: 'قائمة طويلة تُحدَّث عند الطلب' },
	lists: 'العملاء المعروضون',
	list: { waiting: 'بالانتظار', unconfirmed: 'غير مؤكد', ended: 'منتهٍ' },
	leads: 'العملاء',
	search: 'الاسم أو الهاتف أو البريد أو الرسالة',
	csv: 'تنزيل هؤلاء العملاء في ملف CSV',
	csvBusy: 'جارٍ إعداد الملف…',
	csvDone: 'تم تنزيل الملف.',
	more: 'عرض المزيد',
	sending: (count) => `قيد الإرسال: ${count}`,
	oldest: (age) => `أقدمهم ينتظر منذ ${age}`,
	held: {
		key: 'رُفض مفتاح الربط. ينتظر العميل حتى ترسل مؤسسته عميلًا بمفتاح صالح.',
		organization: `لا يسمح المفتاح بتسجيل عملاء في هذه المؤسسة. أضف إلى دوره الصلاحية ${apart('Lead > Create')}، أو راجع معرّف المؤسسة؛ تُعاد المحاولة كل بضع دقائق.`,
		limit: 'لا يستقبل iCloud-Ready المزيد من عملاء هذا المفتاح الآن. يُرسل العميل تلقائيًا حالما يستقبل.',
		network: 'تعذّر الوصول إلى iCloud-Ready. يُرسل العميل تلقائيًا حالما يعود الاتصال.',
		answers: 'أُرسل عدة عملاء بهذا المفتاح ولم يصل رد. يُجرَّب واحد كل بضع دقائق. ابحث في iCloud-Ready هل وصل غير المؤكدين.',
		disk: 'لا تستطيع البوابة الكتابة في مخزنها. وفّر مساحة أو اسمح لها بالكتابة، فيُرسل العميل تلقائيًا.',
	},
	heldHere: (count) => `في هذه القائمة: ${count}`,
	turn: 'ينتظر دوره.',
	empty: {
		waiting: 'لا عميل بالانتظار.', unconfirmed: 'لا عميل غير مؤكد.', ended: 'لم ينتهِ أي عميل بعد، أو انقضت مدة الاحتفاظ بهم.',
		search: 'لا عميل في هذه القائمة بهذه الكلمات.', soFar: 'لا نتيجة فيما فُحص حتى الآن. اضغط «عرض المزيد» لمتابعة البحث.',
	},
	choose: 'اختر عميلًا لترى ما جرى له.',
	back: 'العودة إلى العملاء',
	chosen: 'العميل المختار',
	state: { waiting: 'بالانتظار', arrived: 'وصل', discarded: 'مُستبعد' },
	resolved: { arrived: 'وجده أحدهم في iCloud-Ready وعلّم أنه وصل.', discarded: 'استبعده أحدهم، فلن يُرسل.' },
	lastAnswer: (message) => `آخر رد عليه: ${message}`,
	unknownOutcome: 'نتيجته غير معروفة.',
	fact: { name: 'الاسم', arrived: 'وقت الاستلام', ended: 'وقت الانتهاء', id: 'معرّفه في البوابة' },
	column: { outcome: 'النتيجة', message: 'ماذا حدث', hint: 'ماذا تفعل' },
	act: { retry: 'إرسال مرة أخرى', arrived: 'لقد وصل', discard: 'استبعاد' },
	cancel: 'إلغاء',
	question: {
		discard: 'هل تريد استبعاد هذا العميل؟ لن يُرسل بعد ذلك.',
		exists: 'هذا العميل موجود في iCloud-Ready، وإرساله مرة أخرى يُنشئ نسخة مكررة. هل تريد إرساله رغم ذلك؟',
		mayExist: 'ربما كان هذا العميل موجودًا في iCloud-Ready، وقد يُنشئ إرساله مرة أخرى نسخة مكررة. هل بحثت عنه هناك ولم تجده؟',
		anew: 'لم يُسجّل هذا العميل. هل تريد إرساله مرة أخرى؟',
	},
	done: { retry: (name) => `يُرسل ${apart(name)} مرة أخرى.`, arrived: (name) => `عُلّم ${apart(name)} على أنه وصل.`, discard: (name) => `استُبعد ${apart(name)}.` },
	notDone: (name) => `أُرسل ${apart(name)} للتو، أو تصرّف فيه شخص آخر. تُظهر القائمة حالته.`,
	problem: {
		silent: 'لم ترد البوابة. تُعاد المحاولة تلقائيًا.',
		broken: 'تعذّر على البوابة الرد. راجع سجلها ثم أعد تحميل الصفحة.',
		store: 'لا تستطيع البوابة استخدام مخزنها الآن. تُعاد المحاولة تلقائيًا.',
		asked: 'لم تفهم البوابة المطلوب. أعد تحميل الصفحة.',
	},
};

export const inboxWords: Readonly<Record<Language, InboxWords>> = { en: english, ar: arabic };
