import type { DuplicateKey } from './duplicates';
import type { NotReached } from './fault';
import type { Notice, Problem } from './issue';
import type { MissingSetting, Outcome } from './outcome';
import type { Explanation, Words } from './words';

/** Arabic counts two by the noun alone and three to ten with its plural. */
const seconds = (ms: number): string => {
	const count = Math.round(ms / 100) / 10;
	if (count === 1) return 'ثانية واحدة';
	if (count === 2) return 'ثانيتين';
	return Number.isInteger(count) && count >= 3 && count <= 10 ? `${count} ثوانٍ` : `${count} ثانية`;
};
const tries = (count: number): string => (count === 1 ? 'محاولة واحدة' : count === 2 ? 'محاولتان' : count <= 10 ? `${count} محاولات` : `${count} محاولة`);
/** Keeps a phone number or address in its own order within Arabic text. */
const ltr = (text: string): string => `\u2066${text}\u2069`;

const issue = (label: string, problem: Problem): string => {
	switch (problem.kind) {
		case 'missing':
			return `${label} غير موجود.`;
		case 'notEvaluated':
			return `تعذّر معرفة قيمة ${label}.`;
		case 'notText':
			return `${label} يجب أن يكون نصًا، لا ${{ list: 'قائمة', object: 'مجموعة قيم', boolean: 'نعم أو لا' }[problem.found]}.`;
		case 'notANumber':
			return `${label} يجب أن يكون رقمًا، و«${problem.value}» ليس رقمًا.`;
		case 'notYesOrNo':
			return `${label} يجب أن يكون نعم أو لا، و«${problem.value}» ليس أيًا منهما.`;
		case 'notAList':
			return `${label} يجب أن يكون قائمة، أو نصًا تفصل بينه فواصل.`;
		case 'notAnObject':
			return `${label} يجب أن يكون مجموعة من الحقول وقيمها.`;
		case 'notAnEmail':
			return `${label} «${ltr(problem.value)}» ليس عنوان بريد إلكتروني.`;
		case 'notAPhone':
			return `${label} «${ltr(problem.value)}» ليس رقم هاتف صحيحًا، لا في ${problem.country} ولا برمز دولة.`;
		case 'phoneLostDigits':
			return `${label} «${ltr(problem.value)}» اختصره جدول البيانات، فضاعت بعض أرقامه.`;
		case 'unknownKey':
			return `«${ltr(problem.key)}» ليس حقلًا. هل تقصد «${ltr(problem.didYouMean)}»؟`;
		case 'notALead':
			return 'بيانات العميل يجب أن تكون مجموعة حقول.';
		case 'fetchFirst':
			return 'هذه الرسالة تحمل معرّف العميل فقط، لا بياناته.';
		case 'api':
			return label === '' ? problem.text : `${label}: ${ltr(problem.text)}`;
	}
};

const remedy = (label: string, problem: Problem): string => {
	switch (problem.kind) {
		case 'missing':
			return `املأ ${label}، أو اربطه بحقل النموذج الذي يحمله.`;
		case 'notEvaluated':
			return `افتح العقدة وراجع تعبير ${label}.`;
		case 'notText':
			return `اربط ${label} بقيمة واحدة من النموذج، لا بمجموعة قيم.`;
		case 'notANumber':
			return `اكتب ${label} بالأرقام فقط، مثل 2500000.`;
		case 'notYesOrNo':
			return `استخدم نعم أو لا في ${label}.`;
		case 'notAList':
			return 'اكتبه هكذا: فيلا، حديقة.';
		case 'notAnObject':
			return `ضع حقول ${label} مع اسم وقيمة لكل منها.`;
		case 'notAnEmail':
			return `صحّح ${label}، أو اتركه فارغًا.`;
		case 'notAPhone':
			return `راجع الرقم، أو أضف رمز الدولة مثل ${ltr('+20')}، أو اختر الدولة الافتراضية التي يعيش فيها عملاؤك.`;
		case 'phoneLostDigits':
			return 'اجعل تنسيق العمود «نص» في جدول البيانات، ثم أدخل الرقم من جديد.';
		case 'unknownKey':
			return `غيّر اسمه إلى «${ltr(problem.didYouMean)}»، أو احذفه.`;
		case 'notALead':
			return `أعط العميل كحقول، مثل ${ltr('{ "firstName": "Ahmed", "phone": "+201001234567" }')}.`;
		case 'fetchFirst':
			return 'اجلب بيانات العميل بمعرّفه أولًا، ثم مرّرها إلى هذه العقدة.';
		case 'api':
			return 'صحّح ذلك ثم أرسل العميل من جديد.';
	}
};

const notice = (label: string, given: Notice): string => {
	switch (given.kind) {
		case 'phoneChanged':
			return `تغيّر ${label} من «${ltr(given.before)}» إلى «${ltr(given.after)}».`;
		case 'secondPhone':
			return `وُضع رقم ثانٍ، ${ltr(given.value)}، في ${label}.`;
		case 'unknownCountry':
			return `${label} «${given.value}» ليس بلدًا معروفًا هنا، فأُرسل كما هو.`;
		case 'unknownKey':
			return `«${given.key}» ليس حقلًا من حقول العميل، فلم يُرسل. استخدم الحقل المخصص لحفظه.`;
		case 'moreUnknownKeys':
			return `يوجد ${given.count} غيره مما ليس من حقول العميل، فلم يُرسل. استخدم الحقل المخصص لحفظه.`;
		case 'givenTwice':
			return `${label} أُعطي مرتين، فأُرسلت القيمة التي في ${ltr(given.kept)}.`;
		case 'moved':
			return `${label} «${given.value}» لم يناسب الحقل، فوُضع في الحقل المخصص.`;
		case 'sentAgain':
			return 'أُرسل العميل مرة أخرى بعد ضياع الرد، فربما سُجّل مرتين.';
	}
};

const reasons: Readonly<Record<NotReached, string>> = {
	dns: 'لم يُعثر على اسمه',
	refused: 'رُفض الاتصال',
	connectTimeout: 'لم يتم الاتصال في الوقت المحدد',
	unreachable: 'لا طريق إليه في الشبكة',
	tls: 'لا يوجد اتصال آمن',
	tlsDate: 'شهادته منتهية أو لم تصبح سارية بعد',
	tlsUntrusted: 'شهادته صادرة عن جهة لا يثق بها هذا الجهاز',
	tlsName: 'شهادته تخص عنوانًا آخر',
	proxy: 'لم يمرّر الوكيل الاتصال',
	address: 'العنوان غير مكتمل',
	header: 'في المفتاح أو معرّف المؤسسة حرف لا يمكن إرساله',
};

const missing: Readonly<Record<MissingSetting, Explanation>> = {
	account: { message: 'لم يُرسل: لم يُختر حساب.', hint: 'افتح العقدة واختر حسابًا، ثم أرسل العميل من جديد.' },
	apiKey: { message: 'لم يُرسل: لا يوجد مفتاح ربط في الحساب.', hint: 'الصق المفتاح في الحساب، ثم أرسل العميل من جديد.' },
	organizationId: { message: 'لم يُرسل: لا يوجد معرّف مؤسسة في الحساب.', hint: 'أدخل معرّف المؤسسة في الحساب، ثم أرسل العميل من جديد.' },
	baseUrl: { message: 'لم يُرسل: عنوان الخدمة في الحساب ليس عنوانًا صحيحًا.', hint: `اكتبه هكذا ${ltr('https://…')}، ثم أرسل العميل من جديد.` },
	login: { message: 'لم يُرسل: في عنوان الخدمة اسم مستخدم أو كلمة مرور.', hint: 'احذفهما فمفتاح الربط يكفي، ثم أرسل العميل من جديد.' },
	path: { message: `لم يُرسل: في عنوان الخدمة ما ليس منه، مثل علامة استفهام أو نقطتين في مساره.`, hint: `اكتبه هكذا ${ltr('https://…')} وليس بعد اسم الخادم إلا المسار، ثم أرسل العميل من جديد.` },
	https: { message: `لم يُرسل: عنوان الخدمة يبدأ بـ ${ltr('http://')}، فيمكن للغير قراءة المفتاح في الطريق.`, hint: `استخدم ${ltr('https://')}، أو اسمح بـ ${ltr('http')} في الحساب إن كانت الشبكة لك.` },
};

const lookFor = ({ lead }: Outcome): string => (lead === null ? 'عنه' : `عن ${ltr(lead.leadInformation.phone)}`);
const waitAsked = (retryAfterMs: number | null): string => (retryAfterMs === null ? '' : ` وطُلب الانتظار ${seconds(retryAfterMs)}.`);
const maybe = (outcome: Outcome): string => `ربما سُجّل العميل. ابحث ${lookFor(outcome)} في iCloud-Ready قبل أن ترسله من جديد.`;

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
			return { message: `أُرسل العميل، لكن الرد (الحالة ${outcome.status}) لا يذكر عميلًا مسجّلًا.`, hint: maybe(outcome) };
		case 'earlier':
			return { message: 'لم يُرسل من جديد: سبق إرسال العميل نفسه ولم يصل رد حينها.', hint: maybe(outcome) };
		case 'interrupted':
			return { message: 'توقف البرنامج أثناء إرسال العميل، فلا يُعرف الرد.', hint: maybe(outcome) };
		case 'damaged':
			return { message: 'تضرّر صندوق الصادر الذي حفظ العميل، فلا يُعرف هل أُرسل أم لا.', hint: maybe(outcome) };
		case 'serverFault':
			return { message: `أُرسل العميل، لكن iCloud-Ready ردّ بأن خطأ حدث عنده (الحالة ${outcome.status}).`, hint: maybe(outcome) };
	}
};

const failedWords = (outcome: Extract<Outcome, { outcome: 'failed' }>): Explanation => {
	switch (outcome.cause.kind) {
		case 'notReached': {
			const at = outcome.cause.host === undefined ? '' : ` على ${ltr(outcome.cause.host)}`;
			return { message: `تعذّر الوصول إلى iCloud-Ready${at} (${reasons[outcome.cause.why]}).`, hint: `لم يُسجّل شيء. ${outcome.cause.why === 'header' ? 'الصق المفتاح ومعرّف المؤسسة من جديد' : 'راجع عنوان الخدمة والشبكة'} ثم أرسله من جديد.` };
		}
		case 'redirect':
			return { message: `ردّ ${outcome.cause.host === undefined ? 'الخادم' : ltr(outcome.cause.host)} بعنوان آخر.`, hint: 'راجع عنوان الخدمة. لم يُرسل المفتاح إلى هناك.' };
		case 'busy':
			return { message: `كان iCloud-Ready مشغولًا (الحالة ${outcome.status}): ${tries(outcome.attempts)} خلال ${seconds(outcome.waitedMs)}.${waitAsked(outcome.cause.retryAfterMs)}`, hint: 'لم يُسجّل شيء. أرسله لاحقًا.' };
		case 'status':
			return {
				message: `لم يستقبل iCloud-Ready العميل (الحالة ${outcome.status})${outcome.cause.text === '' ? '' : `: ${ltr(outcome.cause.text.replace(/\.$/, ''))}`}.`,
				hint: 'لم يُسجّل شيء. راجع الحساب وعنوان الخدمة ثم أرسله من جديد.',
			};
		case 'canceled':
			return { message: 'لم يُرسل: أُوقف التشغيل قبل ذلك.', hint: 'أرسله عندما تكون مستعدًا.' };
		case 'outboxFull':
			return { message: `لم يُحفظ: ينتظر ${outcome.cause.most} عميل في صندوق الإرسال، ولا يسع المزيد.`, hint: 'أصلح ما يمنع إرسالهم أو زد سعة الصندوق، ثم أرسل العميل من جديد.' };
		case 'notConfigured':
			return missing[outcome.cause.missing];
	}
};

const outcomeWords = (outcome: Outcome, issues: readonly string[]): Explanation => {
	switch (outcome.outcome) {
		case 'created':
			return { message: `سُجّل العميل رقم ${outcome.leadNumber ?? outcome.leadId}.`, hint: '' };
		case 'duplicate':
			return { message: sameLead(outcome.cause), hint: 'لم يُرسل شيء.' };
		case 'invalid':
			if (outcome.cause.kind !== 'apiCheck') return { message: issues.join(' '), hint: '' };
			return {
				message: issues.length === 0 ? 'لم يقبل iCloud-Ready بيانات العميل ولم يذكر السبب.' : `لم يقبل iCloud-Ready بيانات العميل: ${issues.map((text) => text.replace(/\.$/, '')).join('؛ ')}.`,
				hint: 'صحّح ذلك ثم أرسل العميل من جديد.',
			};
		case 'unauthorized':
			if (outcome.cause.kind === 'notSent') return { message: 'لم يُرسل: رُفض المفتاح مع عميل سابق.', hint: 'أصلح المفتاح ثم أرسل الباقي.' };
			return { message: 'لم يقبل iCloud-Ready مفتاح الربط.', hint: 'ربما انتهت صلاحيته. أنشئ مفتاحًا جديدًا هناك والصقه في الحساب.' };
		case 'forbidden':
			if (outcome.cause.kind === 'notSent') return { message: 'لم يُرسل: ظهر مع عميل سابق أن هذا المفتاح لا يسجّل عملاء لهذه المؤسسة.', hint: 'أصلح الصلاحية ثم أرسل الباقي.' };
			return { message: 'هذا المفتاح لا يملك صلاحية تسجيل العملاء.', hint: `أعط دوره الصلاحية ${ltr('Lead > Create')}، وراجع معرّف المؤسسة.` };
		case 'rateLimited':
			return {
				message: `${outcome.attempts === 0 ? 'لم يُرسل: لا يستقبل iCloud-Ready عملاء آخرين الآن.' : `لا يستقبل iCloud-Ready عملاء آخرين الآن: ${tries(outcome.attempts)} خلال ${seconds(outcome.waitedMs)}.`}${waitAsked(outcome.cause.retryAfterMs)}`,
				hint: 'أرسله لاحقًا، أو اسمح بانتظار أطول.',
			};
		case 'unconfirmed':
			return unconfirmedWords(outcome);
		case 'failed':
			return failedWords(outcome);
		case 'dryRun':
			return { message: 'تجربة: لم يُرسل شيء.', hint: 'هذا هو الطلب الذي كان سيُرسل.' };
	}
};

export const arabic: Words = { issue, remedy, notice, outcome: outcomeWords };
