import type { HoldReason } from '../../outcome/holdReason';
import type { Explanation } from '../types';
import { ltr, minutes } from './grammar';

const reasons: Readonly<Record<HoldReason, string>> = {
	key: 'لا يقبل iCloud-Ready مفتاح الربط',
	organization: 'لا يملك المفتاح صلاحية تسجيل العملاء لهذه المؤسسة',
	limit: 'لا يستقبل iCloud-Ready مزيدًا من العملاء الآن',
	network: 'تعذّر على البوابة الوصول إلى iCloud-Ready',
	answers: 'لا يردّ iCloud-Ready على البوابة',
	disk: 'تعذّرت على البوابة الكتابة في مخزنها',
};

const keepsTrying = 'تُكمل البوابة إرساله تلقائيًا، فلا حاجة إلى إعادة إرساله. يمكنك متابعته فيها.';
const afterwards = 'تُكمل البوابة الإرسال تلقائيًا، فلا حاجة إلى إرساله من جديد.';

const nextStep = (why: HoldReason): string => {
	switch (why) {
		case 'key':
			return 'الصق في الحساب مفتاحًا صالحًا. إن سبق قبول المفتاح القديم، فما إن يُسجَّل بالمفتاح الجديد أي عميل لهذه المؤسسة، حتى تُكمل البوابة إرسال هذا العميل تلقائيًا، فلا حاجة إلى إعادة إرساله. وإن لم يُقبل قط، تتخلى البوابة عنه بعد مدة؛ راجعه فيها، ثم أرسله من جديد.';
		case 'organization':
			return `أضف إلى دور المفتاح الصلاحية ${ltr('Lead > Create')} وراجع معرّف المؤسسة؛ بعدها ${afterwards}`;
		case 'disk':
			return `اطلب مراجعة مخزن البوابة. وحين تعود الكتابة فيه ممكنة ${afterwards}`;
		case 'limit':
		case 'network':
		case 'answers':
			return keepsTrying;
	}
};

/** A lead that a gateway keeps, and what it waits for there where something holds it. */
export const keptWords = ({ id, why }: { readonly id: string; readonly why?: HoldReason }): Explanation =>
	why === undefined
		? { message: `بيانات العميل محفوظة في البوابة (المعرّف ${ltr(id)})، ولم تُعرف نتيجته بعد.`, hint: keepsTrying }
		: {
				message: `بيانات العميل محفوظة في البوابة (المعرّف ${ltr(id)})، وهو قيد الانتظار: ${reasons[why]}.`,
				hint: nextStep(why),
			};

/** A lead that its gateway gave up. `fix`: what to do before it is sent again. */
export const neverAccepted = ({ waitedMs }: { readonly waitedMs: number }, fix: string): Explanation => ({
	message: `انتظر العميل في البوابة ${minutes(waitedMs)} ثم تخلّت عنه: لم يقبل iCloud-Ready مفتاحه لهذه المؤسسة قط.`,
	hint: `لم يُسجّل شيء. ${fix}، ثم أرسل العميل من جديد.`,
});
