import { labelIn, type Language } from '../text/language';
import type { OutcomeKind } from './outcome';

/** One row of the outcome table; `when` and `whenAr` are without a final period. */
export interface OutcomeRow {
	readonly kind: OutcomeKind;
	/** Two short words at most: n8n's canvas shows no more of an output's name. */
	readonly label: string;
	readonly labelAr: string;
	readonly leadExists: 'yes' | 'no' | 'perhaps';
	readonly when: string;
	readonly whenAr: string;
}

/** Every outcome, in the order of the outputs; labels of outputs, editors and documents are made from it. */
export const outcomeKinds: readonly OutcomeRow[] = [
	{
		kind: 'created',
		label: 'Created',
		labelAr: 'تم التسجيل',
		leadExists: 'yes',
		when: 'iCloud-Ready created the lead',
		whenAr: 'سجّل iCloud-Ready العميل',
	},
	{
		kind: 'duplicate',
		label: 'Duplicate',
		labelAr: 'مكرر',
		leadExists: 'yes',
		when: 'The same lead was created earlier, so nothing was sent',
		whenAr: 'سبق تسجيل العميل نفسه، فلم يُرسل شيء',
	},
	{
		kind: 'invalid',
		label: 'Invalid',
		labelAr: 'بيانات غير صحيحة',
		leadExists: 'no',
		when: 'A field is missing or wrong, found here or by iCloud-Ready (400, 422)',
		whenAr: 'حقل ناقص أو غير صحيح، اكتُشف هنا أو في iCloud-Ready ‏(400، 422)',
	},
	{
		kind: 'unauthorized',
		label: 'Key Refused',
		labelAr: 'المفتاح مرفوض',
		leadExists: 'no',
		when: 'The API key was refused',
		whenAr: 'رُفض مفتاح الربط',
	},
	{
		kind: 'forbidden',
		label: 'Not Allowed',
		labelAr: 'بلا صلاحية',
		leadExists: 'no',
		when: 'The key may not create leads in this organization',
		whenAr: 'المفتاح لا يملك صلاحية تسجيل العملاء في هذه المؤسسة',
	},
	{
		kind: 'rateLimited',
		label: 'Rate Limited',
		labelAr: 'تجاوز الحد',
		leadExists: 'no',
		when: 'iCloud-Ready was still refusing leads after the last retry',
		whenAr: 'ظل iCloud-Ready يرفض استقبال العملاء حتى آخر محاولة',
	},
	{
		kind: 'unconfirmed',
		label: 'Unconfirmed',
		labelAr: 'غير مؤكد',
		leadExists: 'perhaps',
		when: 'The lead was sent, but no usable answer came back',
		whenAr: 'أُرسل العميل ولم يصل رد واضح',
	},
	{
		kind: 'failed',
		label: 'Failed',
		labelAr: 'فشل الإرسال',
		leadExists: 'no',
		when: 'The lead was definitely not created: unreachable, redirected, or refused with another status',
		whenAr:
			'من المؤكد أن العميل لم يُسجّل: تعذّر الوصول، أو أعاد الخادم التوجيه إلى عنوان آخر، أو رفض الطلب برمز حالة آخر',
	},
];

/** What people read for an outcome, in a word or two; anything that is none stays as it is. */
export const outcomeLabel = (kind: string, language: Language): string => {
	const row = outcomeKinds.find((each) => each.kind === kind);
	return row === undefined ? kind : labelIn(row, language);
};
