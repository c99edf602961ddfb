import type { CallRefusal } from '../../outcome/callRefusal';
import type { Explanation } from '../types';

/** What a refused call is answered with: what happened, then what to do. */
export const refusals: Readonly<Record<CallRefusal, Explanation>> = {
	forged: {
		message: 'لا يثبت هذا الاستدعاء هوية مرسله.',
		hint: 'قارن السر المسجل في عُقدة نموذج العملاء بالسر المسجل في المنصة. وإن لم تكن أنت المرسل، فلا حاجة إلى أي إجراء.',
	},
	tooOld: {
		message: 'مضى على هذا الاستدعاء وقت طويل.',
		hint: 'تأكد من صحة ساعة هذا الجهاز، ثم أعد الإرسال من المنصة.',
	},
	noSecret: {
		message: 'لم يكتمل إعداد هذا العنوان بعد.',
		hint: 'أدخل سر المنصة في عُقدة نموذج العملاء ثم اضغط Deploy، ثم أعد الإرسال من المنصة.',
	},
	wrongToken: {
		message: 'رمز التحقق ليس رمز هذا العنوان.',
		hint: 'أدخل رمز التحقق نفسه في عُقدة نموذج العملاء وفي المنصة.',
	},
	method: { message: 'لا يقبل هذا العنوان إلا POST.', hint: 'أرسل النموذج بطريقة POST.' },
	tooLarge: { message: 'حجم الاستدعاء كبير جدًا.', hint: 'أرسل إجابات النموذج من دون ملفات.' },
	mediaType: {
		message: 'نوع المحتوى غير معروف هنا.',
		hint: 'أرسل JSON أو application/x-www-form-urlencoded أو multipart/form-data بترميز UTF-8.',
	},
	unreadable: {
		message: 'تعذّرت قراءة المحتوى.',
		hint: 'تأكد من أنه يطابق ما يذكره Content-Type، بترميز UTF-8.',
	},
	notTaken: {
		message: 'لم تستلم أي عُقدة تسجيل عميل هذه البيانات في الوقت المحدد.',
		hint: 'وصّل عُقدة نموذج العملاء بعُقدة تسجيل عميل، أو أنهِ الاستدعاء بعُقدة http response، ثم أعد الإرسال.',
	},
	outOfSight: {
		message: 'تعذّر تتبع جزء من هذه البيانات داخل التدفق.',
		hint: 'راجع تعليمات عُقدة نموذج العملاء لمعرفة العُقد التي لا يمكن تتبعها، ثم أعد الإرسال.',
	},
	late: {
		message: 'لم تنتهِ معالجة هذه البيانات في الوقت المحدد.',
		hint: 'أعد الإرسال: ما سُجّل بالفعل لا يُسجّل مرتين.',
	},
	notCreated: {
		message: 'لم يُسجّل العميل.',
		hint: 'أعد الإرسال: يمكن تسجيله بعد معالجة السبب.',
	},
	notFetched: {
		message: 'وصل معرّف العميل فقط، وتعذّر جلب بياناته.',
		hint: 'تحقق من رمز الوصول إلى الصفحة في عُقدة نموذج العملاء، ثم أعد الإرسال.',
	},
	busy: { message: 'عدد الاستدعاءات كبير في الوقت الحالي.', hint: 'أعد الإرسال بعد ثوانٍ.' },
};
