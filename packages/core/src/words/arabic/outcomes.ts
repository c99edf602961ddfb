import type { DuplicateKey } from '../../lead/dedupeKey';
import type { NotReached } from '../../outcome/networkFault';
import type { MissingSetting, Outcome } from '../../outcome/outcome';
import type { Explanation, Words } from '../types';
import { keptWords, neverAccepted } from './gateway';
import { attempts, ltr, seconds } from './grammar';
import { counted, leadNoun } from './counted';
import { issue, remedy } from './issues';
import { noLead, notice } from './notices';
import { why } from './why';

const attemptsIn = ({ attempts: count, waitedMs }: Outcome): string => `${attempts(count)} خلال ${seconds(waitedMs)}`;

const reasons: Readonly<Record<NotReached, string>> = {
	dns: 'لم يُعثر على اسم الخادم (DNS)',
	refused: 'رُفض الاتصال',
	connectTimeout: 'لم يتم الاتصال في الوقت المحدد',
	unreachable: 'لا يوجد مسار إليه في الشبكة',
	tls: 'تعذّر إنشاء اتصال آمن',
	tlsDate: 'شهادته منتهية أو لم تصبح سارية بعد',
	tlsUntrusted: 'شهادته صادرة عن جهة لا يثق بها هذا الجهاز',
	tlsName: 'شهادته تخص عنوانًا آخر',
	proxy: 'لم يمرّر خادم البروكسي (Proxy) الطلب',
	proxyAway: 'لم يستطع خادم البروكسي (Proxy) تمرير الطلب الآن',
	addressDenied: 'العنوان غير مسموح به هنا',
	address: 'العنوان غير مكتمل',
	header: 'في المفتاح أو معرّف المؤسسة حرف لا يمكن إرساله',
};

/** ما ينفع حين لا يكون السبب في عنوان الخدمة أو الشبكة. */
const remedies: Partial<Readonly<Record<NotReached, string>>> = {
	proxy: 'راجع خادم البروكسي (Proxy) وما يسمح بمروره',
	proxyAway: 'راجع خادم البروكسي (Proxy)',
	addressDenied: 'اطلب من مدير هذا البرنامج السماح بالعنوان، أو راجع عنوان الخدمة',
	header: 'الصق المفتاح ومعرّف المؤسسة من جديد',
};

const missing: Readonly<Record<MissingSetting, Explanation>> = {
	account: { message: 'لم يُرسل: لم يُختر حساب.', hint: 'افتح العُقدة واختر حسابًا، ثم أرسل العميل من جديد.' },
	accountOfItem: {
		message: 'لم يُرسل: تعذّر تحديد حساب هذا العميل.',
		hint: 'راجع التعبيرات في بيانات الحساب لهذا العنصر، ثم أرسل العميل من جديد.',
	},
	apiKey: { message: 'لم يُرسل: لا يوجد مفتاح ربط في الحساب.', hint: 'الصق المفتاح في الحساب، ثم أرسل العميل من جديد.' },
	organizationId: {
		message: 'لم يُرسل: لا يوجد معرّف مؤسسة في الحساب.',
		hint: 'أدخل معرّف المؤسسة في الحساب، ثم أرسل العميل من جديد.',
	},
	nodeVersion: {
		message: `لم يُرسل: إصدار ${ltr('Node.js')} هنا قديم، وتحتاج عُقد iCloud-Ready إلى الإصدار ${ltr('20.19')} أو أحدث.`,
		hint: `حدّث ${ltr('Node.js')} وأعد تشغيل Node-RED، ثم أرسل العميل من جديد.`,
	},
	baseUrl: {
		message: 'لم يُرسل: عنوان الخدمة في الحساب ليس عنوانًا صحيحًا.',
		hint: `اكتبه هكذا ${ltr('https://…')}، ثم أرسل العميل من جديد.`,
	},
	login: {
		message: 'لم يُرسل: في عنوان الخدمة اسم مستخدم أو كلمة مرور.',
		hint: 'احذف ذلك؛ مفتاح الربط يكفي. ثم أرسل العميل من جديد.',
	},
	path: {
		message: `لم يُرسل: في عنوان الخدمة أجزاء زائدة، مثل علامة استفهام أو ${ltr('..')} في المسار.`,
		hint: `اكتبه هكذا ${ltr('https://…')} وليس بعد اسم الخادم إلا المسار، ثم أرسل العميل من جديد.`,
	},
	https: {
		message: `لم يُرسل: عنوان الخدمة يبدأ بـ ${ltr('http://')}، فيمكن لغيرك قراءة المفتاح أثناء انتقاله.`,
		hint: `استخدم ${ltr('https://')}، أو اسمح في الحساب باتصال غير مشفّر إن كانت الشبكة شبكتك.`,
	},
};

const lookFor = ({ lead }: Outcome): string => (lead === null ? 'عنه' : `عن ${ltr(lead.leadInformation.phone)}`);
const waitAsked = (retryAfterMs: number | null): string =>
	retryAfterMs === null || retryAfterMs < 50 ? '' : ` وطُلب الانتظار ${seconds(retryAfterMs)}.`;
const maybe = (outcome: Outcome): string =>
	`ربما سُجّل العميل. ابحث ${lookFor(outcome)} في iCloud-Ready قبل أن ترسله من جديد.`;

const sameLead = ({ by, value }: { readonly by: DuplicateKey; readonly value: string }): string => {
	switch (by) {
		case 'phone':
			return `سبق تسجيل عميل برقم الهاتف ${ltr(value)}.`;
		case 'email':
			return `سبق تسجيل عميل بالبريد ${ltr(value)}.`;
		case 'phoneAndCampaign':
			return `سبق تسجيل عميل برقم الهاتف ${ltr(value)} في الحملة نفسها.`;
		case 'submission':
			return `سبق تسجيل عميل من الإرسال نفسه (${ltr(value)}).`;
	}
};

const unconfirmedWords = (outcome: Extract<Outcome, { outcome: 'unconfirmed' }>): Explanation => {
	switch (outcome.cause.kind) {
		case 'timeout': {
			const within = outcome.cause.afterMs === undefined ? 'في الوقت المحدد' : `خلال ${seconds(outcome.cause.afterMs)}`;
			return { message: `أُرسل العميل، لكن لم يصل رد ${within}.`, hint: maybe(outcome) };
		}
		case 'cut':
			return { message: 'أُرسل العميل، لكن انقطع الاتصال قبل وصول الرد.', hint: maybe(outcome) };
		case 'unreadable':
			return {
				message: `أُرسل العميل، لكن الرد (رمز الحالة ${outcome.status}) لا يذكر عميلًا مسجّلًا.`,
				hint: maybe(outcome),
			};
		case 'earlier':
			return { message: 'لم يُرسل من جديد: سبق إرسال العميل نفسه ولم يصل رد حينها.', hint: maybe(outcome) };
		case 'interrupted':
			return { message: 'توقف البرنامج أثناء إرسال العميل، فلا يُعرف الرد.', hint: maybe(outcome) };
		case 'damaged':
			return { message: 'تضرّر صندوق الصادر الذي حفظ العميل، فلا يُعرف هل أُرسل أم لا.', hint: maybe(outcome) };
		case 'unreadableEntry':
			return {
				message: 'تعذّرت قراءة ما حُفظ من هذا العميل، فلا يُعرف هل أُرسل أم لا.',
				hint:
					outcome.lead === null
						? 'ربما سُجّل العميل. قارن ما حفظه النموذج أو المصدر بما في iCloud-Ready، وأرسل من جديد ما لا تجده هناك.'
						: `ربما سُجّل العميل. ابحث ${lookFor(outcome)} في iCloud-Ready، وإن لم تجده فأرسله من جديد من مصدره.`,
			};
		case 'serverFault':
			return {
				message: `أُرسل العميل، لكن iCloud-Ready أبلغ عن خطأ في الخادم (رمز الحالة ${outcome.status}).`,
				hint: maybe(outcome),
			};
		case 'atGateway':
			return keptWords(outcome.cause);
		case 'goneFromGateway':
			return {
				message: `استلمت البوابة بيانات العميل (المعرّف ${ltr(outcome.cause.id)})، لكنها لم تعد لديها.`,
				hint: maybe(outcome),
			};
	}
};

const variableWords = ({
	name,
	flaw,
}: {
	readonly name: string;
	readonly flaw: 'unset' | 'empty' | 'embedded';
}): Explanation => {
	if (flaw === 'embedded') {
		return {
			message: `في الحساب ${ltr(`\${${name}}`)} ضمن نص آخر، ولا يستبدله Node-RED هناك. لم يُرسل شيء.`,
			hint: 'ضع القيمة كلها في متغيّر بيئة واحد، ثم أرسل العميل من جديد.',
		};
	}
	return {
		message: `متغيّر البيئة ${ltr(name)} ${flaw === 'unset' ? 'غير معرّف' : 'فارغ'}، والحساب يحتاج إليه. لم يُرسل شيء.`,
		hint: 'عرّفه حيث يبدأ Node-RED، ثم أعد تشغيل Node-RED وأرسل العميل من جديد.',
	};
};

const failedWords = (outcome: Extract<Outcome, { outcome: 'failed' }>): Explanation => {
	switch (outcome.cause.kind) {
		case 'notReached': {
			const at = outcome.cause.host === undefined ? '' : ` على ${ltr(outcome.cause.host)}`;
			return {
				message: `تعذّر الوصول إلى iCloud-Ready${at} (${reasons[outcome.cause.why]}).`,
				hint: `لم يُسجّل شيء. ${remedies[outcome.cause.why] ?? 'راجع عنوان الخدمة والشبكة'} ثم أرسله من جديد.`,
			};
		}
		case 'redirect':
			return {
				message: `أعاد ${outcome.cause.host === undefined ? 'الخادم' : ltr(outcome.cause.host)} التوجيه إلى عنوان آخر.`,
				hint: 'راجع عنوان الخدمة. لم يُرسل المفتاح إلى هناك.',
			};
		case 'busy':
			return {
				message: `كان iCloud-Ready مشغولًا (رمز الحالة ${outcome.status}): ${attemptsIn(outcome)}.${waitAsked(outcome.cause.retryAfterMs)}`,
				hint: 'لم يُسجّل شيء. أرسله لاحقًا.',
			};
		case 'status':
			return {
				message: `لم يستقبل iCloud-Ready العميل (رمز الحالة ${outcome.status})${outcome.cause.text === '' ? '' : `: ${ltr(outcome.cause.text.replace(/\.$/, ''))}`}.`,
				hint:
					outcome.status === 404 || outcome.status === 405
						? 'لم يُسجّل شيء. راجع عنوان الخدمة.'
						: 'لم يُسجّل شيء. راجع الحساب ثم أرسل العميل من جديد.',
			};
		case 'canceled':
			return { message: 'لم يُرسل: أُوقف التشغيل قبل ذلك.', hint: 'أرسله متى شئت.' };
		case 'outboxFull':
			return {
				message: `لم يُحفظ: ينتظر ${counted(outcome.cause.most, leadNoun)} في صندوق الصادر، ولا يسع المزيد.`,
				hint: 'عالج ما يمنع إرسال بياناتهم أو ارفع حد قائمة الانتظار، ثم أرسل العميل من جديد.',
			};
		case 'notConfigured':
			return missing[outcome.cause.missing];
		case 'variable':
			return variableWords(outcome.cause);
	}
};

const outcomeWords = (outcome: Outcome, issues: readonly string[]): Explanation => {
	switch (outcome.outcome) {
		case 'created':
			return {
				message:
					outcome.leadNumber === null
						? `تم تسجيل العميل (المعرّف ${ltr(String(outcome.leadId))}).`
						: `تم تسجيل العميل رقم ${outcome.leadNumber}.`,
				hint: '',
			};
		case 'duplicate':
			return {
				message: sameLead(outcome.cause),
				hint:
					outcome.cause.kind === 'recorded'
						? 'لم يُرسل شيء.'
						: `كان في البوابة من قبل (المعرّف ${ltr(outcome.cause.id)})، ولم يُسجّل مرة أخرى.`,
			};
		case 'invalid':
			if (outcome.cause.kind !== 'apiCheck') return { message: issues.join(' '), hint: '' };
			return {
				message:
					issues.length === 0
						? 'لم يقبل iCloud-Ready بيانات العميل ولم يذكر السبب.'
						: `لم يقبل iCloud-Ready بيانات العميل: ${issues.map((text) => text.replace(/\.$/, '')).join('؛ ')}.`,
				hint: 'صحّح ذلك ثم أرسل العميل من جديد.',
			};
		case 'unauthorized':
			if (outcome.cause.kind === 'notSent')
				return { message: 'لم يُرسل: رُفض المفتاح مع عميل سابق.', hint: 'استبدل المفتاح ثم أرسل الباقي.' };
			if (outcome.cause.kind === 'neverAccepted') return neverAccepted(outcome.cause, 'راجع مفتاح الربط ومعرّف المؤسسة');
			return {
				message: 'لم يقبل iCloud-Ready مفتاح الربط.',
				hint: 'ربما انتهت صلاحيته. أنشئ مفتاحًا جديدًا في iCloud-Ready والصقه في الحساب.',
			};
		case 'forbidden':
			if (outcome.cause.kind === 'notSent')
				return {
					message: 'لم يُرسل: ظهر مع عميل سابق أن هذا المفتاح لا يسجّل عملاء لهذه المؤسسة.',
					hint: 'عدّل الصلاحية ثم أرسل الباقي.',
				};
			if (outcome.cause.kind === 'neverAccepted')
				return neverAccepted(outcome.cause, `أضف إلى دور المفتاح الصلاحية ${ltr('Lead > Create')} وراجع معرّف المؤسسة`);
			return {
				message: 'هذا المفتاح لا يملك صلاحية تسجيل العملاء.',
				hint: `أضف إلى دوره الصلاحية ${ltr('Lead > Create')}، وراجع معرّف المؤسسة.`,
			};
		case 'rateLimited':
			return {
				message: `${outcome.attempts === 0 ? 'لم يُرسل: لا يستقبل iCloud-Ready عملاء آخرين الآن.' : `لا يستقبل iCloud-Ready عملاء آخرين الآن: ${attemptsIn(outcome)}.`}${waitAsked(outcome.cause.retryAfterMs)}`,
				hint: 'أرسل العميل لاحقًا، أو اسمح بمدة انتظار أطول.',
			};
		case 'unconfirmed':
			return unconfirmedWords(outcome);
		case 'failed':
			return failedWords(outcome);
		case 'dryRun':
			return { message: 'تشغيل تجريبي: لم يُرسل شيء.', hint: 'هذا هو الطلب الذي كان سيُرسل.' };
	}
};

export const arabic: Words = { issue, remedy, notice, why, noLead, outcome: outcomeWords };
