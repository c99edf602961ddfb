import type { ListWords } from './types';

/** So that a word of the other direction turns nothing around it. */
const apart = (text: string): string => `\u2068${text}\u2069`;

export const arabic: ListWords = {
	lists: 'العملاء المعروضون',
	list: { waiting: 'بالانتظار', unconfirmed: 'غير مؤكد', ended: 'منتهٍ' },
	search: 'الاسم أو الهاتف أو البريد أو الرسالة',
	csv: 'تنزيل هؤلاء العملاء في ملف CSV',
	csvBusy: 'جارٍ إعداد الملف…',
	csvDone: 'تم تنزيل الملف.',
	more: 'عرض المزيد',
	empty: {
		waiting: 'لا عميل بالانتظار.',
		unconfirmed: 'لا عميل غير مؤكد.',
		ended: 'لم ينتهِ أي عميل بعد، أو انقضت مدة الاحتفاظ بهم.',
		search: 'لا عميل في هذه القائمة بهذه الكلمات.',
		soFar: 'لا نتيجة فيما فُحص حتى الآن. اضغط «عرض المزيد» لمتابعة البحث.',
	},
	state: { waiting: 'بالانتظار', sending: 'قيد الإرسال', arrived: 'وصل', discarded: 'مُستبعد' },
	resolved: {
		arrived: 'وجده أحدهم في iCloud-Ready وعلّم أنه وصل.',
		discarded: 'استبعده أحدهم، فلن يُرسل.',
		discardedSent: 'استبعده أحدهم، فلن يُرسل مرة أخرى. ربما كان موجودًا في iCloud-Ready.',
	},
	turn: 'ينتظر دوره.',
	lastAnswer: (message) => `آخر رد عليه: ${message}`,
	unknownOutcome: 'نتيجته غير معروفة.',
	column: {
		arrived: 'وقت الاستلام',
		ended: 'وقت الانتهاء',
		outcome: 'النتيجة',
		message: 'ماذا حدث',
		hint: 'ماذا تفعل',
	},
	action: { retry: 'إرسال مرة أخرى', arrived: 'لقد وصل', discard: 'استبعاد' },
	cancel: 'إلغاء',
	question: {
		discard: 'هل تريد استبعاد هذا العميل؟ لن يُرسل بعد ذلك.',
		discardSent:
			'أُرسل هذا العميل وربما كان موجودًا في iCloud-Ready، واستبعاده لا يغيّر شيئًا هناك. لن يُرسل مرة أخرى. هل تريد استبعاده؟',
		exists: 'هذا العميل موجود في iCloud-Ready، وإرساله مرة أخرى يُنشئ نسخة مكررة. هل تريد إرساله رغم ذلك؟',
		mayExist:
			'ربما كان هذا العميل موجودًا في iCloud-Ready، وقد يُنشئ إرساله مرة أخرى نسخة مكررة. هل بحثت عنه هناك ولم تجده؟',
		anew: 'لم يُسجّل هذا العميل. هل تريد إرساله مرة أخرى؟',
	},
	done: {
		retry: (name) => `يُرسل ${apart(name)} مرة أخرى.`,
		arrived: (name) => `عُلّم ${apart(name)} على أنه وصل.`,
		discard: (name) => `استُبعد ${apart(name)}.`,
	},
	notDone: (name) => `أُرسل ${apart(name)} للتو، أو تصرّف فيه شخص آخر. تُظهر القائمة حالته.`,
};
