import type { OutcomeKind } from './outcome';

/** One row of the outcome table; `when` and `whenAr` are without a final period. */
export interface OutcomeRow {
	readonly kind: OutcomeKind;
	readonly label: string;
	readonly labelAr: string;
	readonly leadExists: 'yes' | 'no' | 'perhaps';
	readonly when: string;
	readonly whenAr: string;
}

/** Every outcome, in the order of the outputs; labels of outputs, editors and documents are made from it. */
export const outcomeKinds: readonly OutcomeRow[] = [
	{ kind: 'created', label: 'Created', labelAr: 'سُجّل', leadExists: 'yes', when: 'iCloud-Ready created the lead', whenAr: 'سجّل iCloud-Ready العميل' },
	{ kind: 'duplicate', label: 'Duplicate', labelAr: 'مكرر', leadExists: 'yes', when: 'The same lead was created before, so nothing was sent', whenAr: 'سبق تسجيل العميل نفسه، فلم يُرسل شيء' },
	{ kind: 'invalid', label: 'Invalid (400)', labelAr: 'غير صالح (400)', leadExists: 'no', when: 'A field is missing or wrong, found here or by iCloud-Ready (400, 422)', whenAr: 'حقل ناقص أو خطأ، وُجد هنا أو في iCloud-Ready ‏(400، 422)' },
	{ kind: 'unauthorized', label: 'Unauthorized (401)', labelAr: 'المفتاح مرفوض (401)', leadExists: 'no', when: 'The API key was refused', whenAr: 'رُفض مفتاح الربط' },
	{ kind: 'forbidden', label: 'Forbidden (403)', labelAr: 'لا صلاحية (403)', leadExists: 'no', when: 'The key may not create leads in this organization', whenAr: 'المفتاح لا يملك تسجيل العملاء في هذه المؤسسة' },
	{ kind: 'rateLimited', label: 'Rate Limited (429)', labelAr: 'تجاوز الحد (429)', leadExists: 'no', when: 'iCloud-Ready still takes no more leads after all tries', whenAr: 'لا يستقبل iCloud-Ready عملاء آخرين بعد كل المحاولات' },
	{ kind: 'unconfirmed', label: 'Unconfirmed', labelAr: 'غير مؤكد', leadExists: 'perhaps', when: 'The lead was sent and no usable answer came back', whenAr: 'أُرسل العميل ولم يصل رد مفهوم' },
	{ kind: 'failed', label: 'Failed', labelAr: 'فشل', leadExists: 'no', when: 'The lead surely was not created: not reached, redirected, or refused with another status', whenAr: 'لم يُسجّل العميل يقينًا: تعذّر الوصول أو تحويل أو رفض آخر' },
];
