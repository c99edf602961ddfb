import type { HoldReason } from '../../outcome/holdReason';
import type { Explanation } from '../types';
import { ltr } from './grammar';

const reasons: Readonly<Record<HoldReason, string>> = {
	key: 'لا يقبل iCloud-Ready مفتاح الربط',
	organization: 'لا يملك المفتاح صلاحية تسجيل العملاء لهذه المؤسسة',
	limit: 'لا يستقبل iCloud-Ready مزيدًا من العملاء الآن',
	network: 'تعذّر على البوابة الوصول إلى iCloud-Ready',
	answers: 'لا يردّ iCloud-Ready على البوابة',
	disk: 'تعذّرت على البوابة الكتابة في مخزنها',
};

const byItself = 'تواصل البوابة إرساله من نفسها، فلا حاجة إلى إرساله من جديد. ابحث عنه فيها.';
const afterwards = 'تواصل البوابة إرساله من نفسها، فلا حاجة إلى إرساله من جديد.';

const nextStep = (why: HoldReason): string => {
	switch (why) {
		case 'key':
			return 'الصق في الحساب مفتاحًا صالحًا. إن كان المفتاح القديم قد قُبل من قبل تواصل البوابة إرسال العميل من نفسها بعد تسجيل عميل بالمفتاح الجديد، فلا حاجة إلى إرساله من جديد. وإن لم يُقبل قط تتخلى البوابة عنه بعد مدة؛ ابحث عنه فيها ثم أرسله من جديد.';
		case 'organization':
			return `أضف إلى دور المفتاح الصلاحية ${ltr('Lead > Create')}. بعد ذلك ${afterwards}`;
		case 'disk':
			return `اطلب مراجعة مخزن البوابة. حين تعود الكتابة فيه ممكنة ${afterwards}`;
		case 'limit':
		case 'network':
		case 'answers':
			return byItself;
	}
};

/** A lead that a gateway keeps, and what it waits for there where something holds it. */
export const keptWords = ({ id, why }: { readonly id: string; readonly why?: HoldReason }): Explanation =>
	why === undefined
		? { message: `العميل محفوظ في البوابة بالمعرّف ${ltr(id)}، ولم تُعرف نتيجته بعد.`, hint: byItself }
		: { message: `العميل محفوظ في البوابة بالمعرّف ${ltr(id)} وينتظر فيها: ${reasons[why]}.`, hint: nextStep(why) };

/** A lead that its gateway gave up. `mend`: what to do before it is sent again. */
export const neverAccepted = ({ waitedMs }: { readonly waitedMs: number }, mend: string): Explanation => ({
	message: `انتظر العميل في البوابة ${Math.round(waitedMs / 60_000)} دقيقة ثم تخلّت عنه: لم يقبل iCloud-Ready مفتاحه لهذه المؤسسة قط.`,
	hint: `لم يُسجّل شيء. ${mend}، ثم أرسل العميل من جديد.`,
});
