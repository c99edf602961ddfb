import type { AlertKind } from '../../alerts/condition';
import type { HoldReason } from '../../outcome/holdReason';
import type { AlertPlace, AlertSentences, AlertWords, ToldAlert } from '../types';
import { ltr, own } from './grammar';

const of = ({ name, place }: ToldAlert): string =>
	name === '' ? '' : place === 'account' ? ` (الحساب ${own(name)})` : ` (المؤسسة ${ltr(name)})`;
/** Behind a colon a number needs no form of its own. */
const waitingNow = ({ alert, count }: ToldAlert): string =>
	alert.count === 0 ? '' : ` عدد العملاء قيد الانتظار: ${count}، ولم تُفقد بيانات أي منهم.`;

const list: Readonly<Record<AlertPlace, string>> = {
	account: 'تبويب iCloud-Ready في الشريط الجانبي',
	gateway: 'صفحة البوابة',
};
const store: Readonly<Record<AlertPlace, string>> = { account: 'صندوق الصادر', gateway: 'مخزن البوابة' };

const whys: Readonly<Record<HoldReason, string>> = {
	key: 'يرفض iCloud-Ready مفتاح الربط.',
	organization: 'لا يملك مفتاح الربط صلاحية تسجيل عملاء في هذه المؤسسة.',
	limit: 'بلغ iCloud-Ready حدّه الآن. يُستأنف الإرسال تلقائيًا عند السماح بذلك.',
	network: 'تعذّر الوصول إلى iCloud-Ready. يُستأنف الإرسال تلقائيًا عند عودة الاتصال؛ راجع الشبكة.',
	answers: 'أُرسلت بيانات عدة عملاء ولم يصل رد. تُجرى محاولة واحدة كل بضع دقائق.',
	disk: 'تعذّرت الكتابة حيث تُحفظ بيانات العملاء.',
};

const kinds: Readonly<Record<AlertKind, AlertSentences>> = {
	key: {
		title: (told) => `يرفض iCloud-Ready مفتاح الربط${of(told)}`,
		now: (told) => `منذ ${own(told.since)} يرفض iCloud-Ready مفتاح الربط${of(told)}.${waitingNow(told)}`,
		step: ({ place }) =>
			place === 'account' ? 'الصق مفتاحًا جديدًا في الحساب ثم اضغط Deploy.' : 'أدخل مفتاحًا صالحًا حيث تُرسل هذه البيانات.',
		over: (told) => `منذ ${own(told.over)} لم يعد مفتاح الربط يوقف إرسال أي عميل${of(told)}.`,
	},
	organization: {
		title: (told) => `لا يملك مفتاح الربط صلاحية تسجيل عملاء${of(told)}`,
		now: (told) =>
			`منذ ${own(told.since)} لا يسمح iCloud-Ready لمفتاح الربط بتسجيل عملاء${of(told)}.${waitingNow(told)}`,
		step: () => `أضف إلى دور المفتاح الصلاحية ${ltr('Lead > Create')}، وراجع معرّف المؤسسة.`,
		over: (told) => `منذ ${own(told.over)} لم يعد نقص الصلاحية يوقف إرسال أي عميل${of(told)}.`,
	},
	waiting: {
		title: (told) => `عملاء قيد الانتظار${of(told)}`,
		now: (told) =>
			`عدد العملاء قيد الانتظار${of(told)}: ${told.count}، وأولهم منذ ${own(told.since)}، ولم تُفقد بيانات أي منهم.`,
		step: ({ alert: { why }, place }) => (why === undefined ? `راجع ${list[place]}.` : whys[why]),
		over: (told) => `انتهى التأخير${of(told)} منذ ${own(told.over)}.`,
	},
	unconfirmed: {
		title: (told) => `عملاء غير مؤكدين${of(told)}: ${told.count}`,
		now: (told) =>
			`عدد العملاء غير المؤكدين${of(told)}: ${told.count}. أُرسلت بياناتهم وضاع رد iCloud-Ready، فقد يكونون مسجّلين وقد لا يكونون.`,
		step: ({ place }) => `ابحث عنهم في iCloud-Ready، ثم علّم كلًّا منهم أو أعد إرساله من ${list[place]}.`,
		over: (told) => `لم يعد هناك عملاء غير مؤكدين${of(told)} منذ ${own(told.over)}.`,
	},
	queueFull: {
		title: (told) => `أوشكت قائمة الانتظار على الامتلاء${of(told)}`,
		now: (told) =>
			`أوشكت قائمة الانتظار على الامتلاء${of(told)}. عدد العملاء قيد الانتظار: ${told.count}. وعند امتلائها يُرفض أي عميل جديد.`,
		step: () => 'عالج ما يمنع الإرسال، أو ارفع حد قائمة الانتظار.',
		over: (told) => `صار في قائمة الانتظار متسع${of(told)} منذ ${own(told.over)}.`,
	},
	store: {
		title: (told) => `تعذّر استخدام ${store[told.place]}${of(told)}`,
		now: (told) =>
			`منذ ${own(told.since)} يتعذّر استخدام ${store[told.place]}${of(told)}، فلا يمكن حفظ بيانات عملاء جدد.`,
		step: () => 'تأكّد من وجوده ومن توفّر مساحة ومن السماح بالكتابة فيه. تُعاد المحاولة تلقائيًا، والسبب في السجل.',
		over: (told) => `عاد ${store[told.place]}${of(told)} إلى العمل منذ ${own(told.over)}.`,
	},
	record: {
		title: (told) => `لا تُكتشف بيانات العملاء المكررة${of(told)}`,
		now: (told) => `منذ ${own(told.since)} يتعذّر استخدام سجل العملاء المسجّلين${of(told)}، فلا يُكتشف المكرر منهم.`,
		step: () => 'تأكّد من توفّر مساحة في مجلده ومن السماح بالكتابة فيه. تُعاد المحاولة تلقائيًا، والسبب في السجل.',
		over: (told) => `عاد سجل العملاء المسجّلين${of(told)} إلى العمل منذ ${own(told.over)}.`,
	},
	damaged: {
		title: (told) => `تلف في البيانات المحفوظة${of(told)}`,
		now: (told) => `عدد المدخلات المفقودة أو التالفة${of(told)}: ${told.count}.`,
		step: ({ place }) => `ما فيه شك يظهر ضمن غير المؤكدين في ${list[place]}. افحص القرص، والتفاصيل في السجل.`,
		over: (told) => `اطّلع شخص على هذا التلف${of(told)} في ${own(told.over)}.`,
	},
	notLeaving: {
		title: (told) => `عملاء لا تُرسل بياناتهم${of(told)}`,
		now: (told) => `يمكن إرسال بيانات عملاء لكنها لم تُرسل${of(told)} منذ ${own(told.since)}. العدد: ${told.count}.`,
		step: ({ place }) =>
			`تُعاد المحاولة تلقائيًا. إن استمر ذلك فأعد تشغيل ${place === 'account' ? 'Node-RED' : 'البوابة'} وأبلغ عنه مع السجل.`,
		over: (told) => `استؤنف الإرسال${of(told)} منذ ${own(told.over)}.`,
	},
	goneBack: {
		title: () => 'رجعت الساعة أو البيانات المحفوظة إلى الوراء',
		now: (told) => `في ${own(told.since)} أُرجعت الساعة إلى الوراء، أو استُعيدت نسخة أقدم من ${store[told.place]}.`,
		step: () => 'راجع الساعة وما استُعيد. لا تُرسل مرة أخرى بيانات عُرف أنها أُرسلت، والتفاصيل في السجل.',
		over: (told) => `انتهى ذلك منذ ${own(told.over)}: عادت الساعة إلى ما كانت عليه، أو أكّد شخص أنه اطّلع عليه.`,
	},
};

/** كلمات التنبيه بالعربية. */
export const alertWords: AlertWords = {
	kinds,
	titled: {
		begun: (title) => title,
		still: (title) => `ما زال مستمرًا: ${title}`,
		over: (title) => `انتهى: ${title}`,
	},
};
