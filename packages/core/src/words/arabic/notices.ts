import type { NoLead, Notice } from '../../lead/problems';
import { isNote } from '../../lead/notes';
import { shownPhone } from '../../values/phone';
import { countryName } from '../../values/country';
import { shownNumber } from './counted';
import { ltr, own } from './grammar';

/** What was changed or left out on the way, as a sentence. */
export const notice = (label: string, given: Notice): string => {
	switch (given.kind) {
		case 'phoneChanged':
			return isNote(given)
				? `كُتب «${label}» بالصيغة الدولية: ${ltr(given.before)} ← ${ltr(shownPhone(given.after))}.`
				: `تغيّر «${label}» من «${ltr(given.before)}» إلى «${ltr(given.after)}».`;
		case 'secondPhone':
			return `وُجد رقم ثانٍ، ${ltr(given.value)}، فوُضع في «${label}».`;
		case 'unknownCountry':
			return `«${own(given.value)}» في حقل «${label}» ليس اسم دولة معروفة، فأُرسل كما هو.`;
		case 'unknownKey':
			return `«${own(given.key)}» ليس من حقول العميل، فلم يُرسل. لحفظه استخدم «حقل مخصص».`;
		case 'moreUnknownKeys':
			return `أسماء أخرى ليست من حقول العميل لم تُرسل (العدد: ${shownNumber(given.count)}). لحفظها استخدم «حقل مخصص».`;
		case 'givenTwice':
			return `كُتب حقل «${label}» مرتين، فأُرسلت القيمة التي في ${ltr(given.kept)}.`;
		case 'moved':
			return `«${own(given.value)}» لا يناسب حقل «${label}»، فحُفظ في «حقل مخصص».`;
		case 'countryUnsure':
			return `قُرئ «${label}» ${ltr(given.value)} على أنه رقم من ${countryName(given.country, 'ar')}، إذ لا شيء يدل على بلده، وقد يكون رقم جوال من السعودية أو الإمارات. تحقق منه، أو اسأل عن الدولة في النموذج.`;
		case 'phoneAsName':
			return `لم يذكر من كتب أو اتصل اسمه، فأُرسل رقم هاتفه في حقل «${label}».`;
		case 'sentAgain':
			return 'أُرسل العميل مرة أخرى بعد ضياع الرد، فربما سُجّل مرتين.';
		case 'noRecord':
			return 'تعذّر استخدام سجل العملاء المسجّلين، فلم يُعرف هل سبق تسجيل هذا العميل. ابحث عنه في iCloud-Ready إن كان ذلك محتملًا.';
	}
};

/** What a source calls the id by which a lead is fetched stays as it is written there. */
export const noLead = (given: NoLead): string => {
	switch (given.kind) {
		case 'emptyList':
			return `القائمة ${given.key === undefined ? '' : `«${own(given.key)}» `}فارغة، فلا بيانات عميل فيها.`;
		case 'testLead':
			return `هذا عميل تجريبي من ${ltr(given.source)}، فلم يُرسل شيء.`;
		case 'bookingChange':
			return 'هذا تعديل على حجز وليس حجزًا جديدًا، فلم يُرسل شيء.';
		case 'ownMessage':
			return 'هذه رسالة أو مكالمة من طرفكم وليست من شخص يطلب شيئًا، فلم يُرسل شيء.';
		case 'pageNews':
			return 'هذا تحديث من صفحة فيسبوك وليس عميلًا، فلم يُرسل شيء.';
		case 'emptyWebhook':
			return `لا عميل في هذا الإشعار من ${ltr(given.source)}، فلم يُرسل شيء.`;
		case 'reaction':
			return 'هذا تفاعل مع رسالة واتساب وليس رسالة، فلم يُرسل شيء.';
		case 'deliveryStatus':
			return 'هذه حالة تسليم رسالة واتساب وليست رسالة، فلم يُرسل شيء.';
		case 'noMessage':
			return 'لا رسالة في هذا الإشعار من واتساب، فلم يُرسل شيء.';
		case 'onlyId':
			return `أرسل ${given.source} معرّف العميل فقط. اجلب بيانات العميل أولًا بالمعرّف ${ltr(given.id)}، ثم مرّرها.`;
	}
};
