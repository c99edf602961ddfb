import type { Unit } from '../../values/limits';
import type { SettingFlaw } from '../../values/settingFlaw';
import { shownNumber } from './counted';
import { ltr } from './grammar';

/** The settings as people read them in the dialog. */
export const settingLabels: Readonly<Record<string, string>> = {
	baseUrl: 'عنوان الخدمة',
	organizationId: 'معرّف المؤسسة',
	apiKey: 'مفتاح الربط (API)',
	allowHttp: 'السماح باتصال غير مشفّر',
	gateway: 'عنوان الخدمة هو عنوان بوابتي',
	concurrency: 'الإرسال المتزامن',
	maxPerSecond: 'الحد في الثانية',
	maxTries: 'المحاولات',
	maxWaitSeconds: 'أقصى مدة انتظار',
	timeoutSeconds: 'مهلة الرد',
	outbox: 'صندوق الصادر',
	outboxMax: 'حد قائمة الانتظار',
	keepDays: 'مدة الاحتفاظ',
	input: 'من أين تأتي بيانات العميل',
	routing: 'المخارج',
	defaultCountry: 'الدولة الافتراضية',
	phone: 'معالجة الهاتف',
	unconfirmed: 'عند غياب الرد',
	duplicates: 'تكرار العميل',
	duplicateKey: 'معيار التكرار',
	phoneAsName: 'الهاتف اسمًا أول',
	dryRun: 'تشغيل تجريبي',
	language: 'اللغة',
	fields: 'الحقول',
	path: 'المسار',
	platform: 'المنصة',
	answer: 'الرد',
	answerSeconds: 'مهلة الرد على الاستدعاء',
	browser: 'رد المتصفح',
	redirect: 'صفحة الشكر',
	ownerNotes: 'إظهار ما قاله iCloud-Ready لصاحب الموقع',
	origins: 'المواقع',
	publicUrl: 'العنوان العام',
	graphUrl: 'واجهة Graph',
	minutes: 'انتظار أطول من',
};

const units: Readonly<Record<Unit, string>> = {
	leads: '',
	leadsPerSecond: '',
	tries: '',
	seconds: ' (بالثواني)',
	minutes: ' (بالدقائق)',
	days: ' (بالأيام)',
};

/** A setting that was not usable, as sentences: what is used in its place, then what to do. */
export const setting = (label: string, flaw: SettingFlaw): string => {
	switch (flaw.kind) {
		case 'number':
			return `قيمة «${label}» ليست رقمًا من ${shownNumber(flaw.min)} إلى ${shownNumber(flaw.max)}${units[flaw.unit]}، فاستُخدمت ${shownNumber(flaw.used)} بدلًا منها. صحّحها في إعدادات العُقدة.`;
		case 'choice':
			return `قيمة «${label}» ليست واحدة من ${ltr(flaw.choices.join(', '))}، فاستُخدمت ${ltr(flaw.used)} بدلًا منها. صحّحها في إعدادات العُقدة.`;
		case 'flag':
			return `قيمة «${label}» ليست ${ltr('true')} ولا ${ltr('false')}، فاستُخدمت ${ltr(String(flaw.used))} بدلًا منها. صحّحها في إعدادات العُقدة.`;
		case 'text':
			return flaw.used === ''
				? `قيمة «${label}» ليست نصًا، فاعتُبرت فارغة. صحّحها في إعدادات العُقدة.`
				: `قيمة «${label}» ليست نصًا، فاستُخدمت ${ltr(flaw.used)} بدلًا منها. صحّحها في إعدادات العُقدة.`;
		case 'entry':
			return `العنصر رقم ${flaw.index + 1} في «${label}» ليس حقلًا من حقول العميل له قيمة، فتُرك. صحّحه أو احذفه في إعدادات العُقدة.`;
		case 'list':
			return `قيمة «${label}» ليست قائمة، فاعتُبرت فارغة. صحّحها في إعدادات العُقدة.`;
		case 'object':
			return 'تعذّرت قراءة إعدادات العُقدة، فاستُخدمت القيم الافتراضية. راجعها.';
	}
};
