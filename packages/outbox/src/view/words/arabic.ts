import type { ListWords } from './types';

/** So that a word of the other direction turns nothing around it. */
const apart = (text: string): string => `\u2068${text}\u2069`;

export const arabic: ListWords = {
	lists: 'العملاء المعروضون',
	list: { waiting: 'قيد الانتظار', unconfirmed: 'غير مؤكد', ended: 'مكتمل' },
	search: 'ابحث بالاسم أو الهاتف…',
	csv: 'تنزيل القائمة بصيغة CSV',
	csvBusy: 'جارٍ إعداد الملف…',
	csvDone: 'تم تنزيل الملف.',
	more: 'عرض المزيد',
	empty: {
		waiting: 'لا يوجد عملاء قيد الانتظار.',
		unconfirmed: 'لا يوجد عملاء غير مؤكدين.',
		ended: 'لا توجد نتائج مكتملة بعد، أو انقضت مدة الاحتفاظ بها.',
		search: 'لا يوجد في هذه القائمة ما يطابق البحث.',
		soFar: 'لا نتيجة فيما فُحص حتى الآن. اضغط «عرض المزيد» لمتابعة البحث.',
	},
	state: { waiting: 'قيد الانتظار', sending: 'قيد الإرسال', arrived: 'موجود في iCloud-Ready', discarded: 'مُستبعد' },
	resolved: {
		arrived: 'تأكّد شخص من وجوده في iCloud-Ready.',
		discarded: 'استُبعد يدويًا، فلن يُرسل.',
		discardedSent: 'استُبعد يدويًا، فلن يُرسل مرة أخرى. ربما كان موجودًا في iCloud-Ready.',
	},
	corrected: 'كانت بياناته غير صحيحة، فصُحّحت يدويًا وأُرسل عميلًا جديدًا.',
	turn: 'ينتظر دوره.',
	lastAnswer: (message) => `آخر رد عليه: ${message}`,
	unknownOutcome: 'نتيجته غير معروفة.',
	column: {
		arrived: 'وقت الاستلام',
		ended: 'وقت اكتمال النتيجة',
		outcome: 'النتيجة',
		message: 'ماذا حدث',
		hint: 'ماذا تفعل',
	},
	action: { retry: 'إعادة الإرسال', arrived: 'موجود في iCloud-Ready', discard: 'استبعاد' },
	cancel: 'إلغاء',
	question: {
		discard: 'هل تريد استبعاد هذا العميل؟ لن يُرسل بعد ذلك.',
		discardSent:
			'أُرسل هذا العميل وربما كان موجودًا في iCloud-Ready، واستبعاده لا يغيّر شيئًا هناك. لن يُرسل مرة أخرى. هل تريد استبعاده؟',
		exists: 'هذا العميل موجود في iCloud-Ready، وإعادة إرساله تُنشئ نسخة مكررة. هل تريد إرساله رغم ذلك؟',
		mayExist:
			'ربما كان هذا العميل موجودًا في iCloud-Ready، وقد تُنشئ إعادة إرساله نسخة مكررة. هل بحثت عنه هناك ولم تجده؟',
		anew: 'لم يُسجّل هذا العميل. هل تريد إعادة إرساله؟',
	},
	done: {
		retry: (name) => `يُعاد إرسال العميل «${apart(name)}».`,
		arrived: (name) => `وُضعت علامة «موجود في iCloud-Ready» على العميل «${apart(name)}».`,
		discard: (name) => `استُبعد العميل «${apart(name)}».`,
	},
	notDone: (name) => `أُرسل العميل «${apart(name)}» للتو، أو تصرّف فيه شخص آخر. تُظهر القائمة حالته.`,
	bulk: {
		all: 'تحديد الكل',
		none: 'إلغاء التحديد',
		one: (name) => `تحديد ${apart(name)}`,
		choosing: (count) => `جارٍ التحديد… ${count}`,
		chosen: (count) => `العملاء المحددون: ${count}`,
		question: {
			retry: (count) => `عدد العملاء المحددين: ${count}. هل تريد إعادة إرسالهم؟`,
			arrived: (count) =>
				`عدد العملاء المحددين: ${count}. هل تريد وضع علامة «موجود في iCloud-Ready» عليهم؟ لا يُعاد إرسال من توضع عليه.`,
			discard: (count) => `عدد العملاء المحددين: ${count}. هل تريد استبعادهم؟ من استُبعد لا يُرسل.`,
		},
		risk: {
			exists: (count) => `الموجودون منهم في iCloud-Ready: ${count}، وإعادة إرسالهم تُنشئ نسخًا مكررة.`,
			mayExist: (count) =>
				`ربما كان بعضهم موجودًا في iCloud-Ready، وعددهم ${count}، وقد تُنشئ إعادة إرسالهم نسخًا مكررة. هل بحثت عنهم هناك ولم تجدهم؟`,
			anew: (count) => `الذين لم يُسجّلوا منهم: ${count}.`,
			discardSent: (count) =>
				`أُرسل بعضهم وربما كان موجودًا في iCloud-Ready، وعددهم ${count}، واستبعادهم لا يغيّر شيئًا هناك.`,
		},
		progress: (done, total) => `${done} من ${total}`,
		stop: 'إيقاف',
		stopped: 'توقّف العمل، ولم يتغيّر شيء في الباقي.',
		done: {
			retry: (count) => `العملاء الذين يُعاد إرسالهم: ${count}.`,
			arrived: (count) => `العملاء الذين وُضعت عليهم علامة «موجود في iCloud-Ready»: ${count}.`,
			discard: (count) => `العملاء الذين استُبعدوا: ${count}.`,
		},
		missed: (count) => `لم يعودوا في القائمة: ${count}. أُرسلوا للتو، أو تصرّف فيهم شخص آخر.`,
	},
	filter: {
		heading: 'تصفية',
		outcome: 'النتيجة',
		why: 'سبب الانتظار',
		organization: 'المؤسسة',
		source: 'المصدر',
		from: 'من تاريخ',
		to: 'إلى تاريخ',
		any: 'الكل',
		clear: 'مسح التصفية',
		nothing: 'بلا',
		corrected: 'صُحّح',
		empty: 'لا يوجد في هذه القائمة ما يطابق التصفية.',
	},
	json: 'تنزيل القائمة بصيغة JSON',
	fact: {
		fields: 'بيانات العميل',
		organization: 'المؤسسة',
		source: 'المصدر',
		since: 'قيد الانتظار منذ',
		attempts: 'المحاولات',
		answer: 'الرد',
		correctionOf: 'يصحّح',
		correctedBy: 'صحّحه',
	},
	times: (count) => `عدد المرات: ${count}`,
	reason: {
		key: 'المفتاح مرفوض',
		organization: 'بلا صلاحية',
		limit: 'بلغ الحد',
		network: 'تعذّر الوصول',
		answers: 'لا يصل رد',
		disk: 'تعطّل القرص',
	},
	correct: {
		open: 'تصحيح',
		send: 'إرسال العميل المصحَّح',
		heading: 'تصحيح هذا العميل',
		hint: 'يُرسل ما يظهر هنا عميلًا جديدًا، ويبقى هذا كما هو مع الإشارة إلى الجديد.',
		more: 'حقول أخرى',
		done: (name) => `صُحّح العميل «${apart(name)}» ويُرسل عميلًا جديدًا.`,
		notThere: (name) => `لم يعد تصحيح العميل «${apart(name)}» ممكنًا. تُظهر القائمة حالته.`,
		full: 'قائمة الانتظار ممتلئة، فلم يُحفظ العميل المصحَّح. حاول مرة أخرى بعد إرسال بعض العملاء.',
	},
};
