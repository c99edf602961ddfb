import type { Problem } from '../../lead/problems';
import { normalizeKey } from '../../text/text';
import { countryName } from '../../values/country';
import { ltr, own } from './grammar';

/** What was found in the place of a lead, by the words of whoever found it. */
const foundNames: Readonly<Record<string, string>> = {
	empty: 'فارغة',
	text: 'نص',
	'a list': 'قائمة',
	'a number': 'عدد',
	'a boolean': 'من نوع «نعم/لا»',
	'bytes, such as a file': 'ملف أو بيانات ثنائية',
	'nested without an end': 'متداخلة بلا نهاية',
};

/** Named by the word for field, so that the sentence fits labels of either gender. */
const fieldCalled = (label: string): string => `حقل «${label}»`;

/** What keeps a draft from being a lead, as a sentence. */
export const issue = (label: string, problem: Problem): string => {
	const field = fieldCalled(label);
	switch (problem.kind) {
		case 'missing':
			return `${field} مطلوب ولم يُملأ.`;
		case 'notEvaluated':
			return `تعذّرت قراءة قيمة ${field}.`;
		case 'notText':
			return `يجب أن يكون ${field} نصًا، والقيمة الواردة ${{ list: 'قائمة', object: 'مجموعة قيم', boolean: 'من نوع «نعم/لا»' }[problem.found]}.`;
		case 'notANumber':
			return `يجب أن تكون قيمة ${field} عددًا، و«${own(problem.value)}» ليست عددًا.`;
		case 'notYesOrNo':
			return `يجب أن يكون ${field} نعم أو لا، و«${own(problem.value)}» ليس أيًا منهما.`;
		case 'notAList':
			return `يجب أن يكون ${field} قائمة، أو نصًا تفصل بين عناصره فواصل.`;
		case 'notAnObject':
			return `يجب أن يكون ${field} مجموعة أسماء وقيمها.`;
		case 'notAnEmail':
			return `«${ltr(problem.value)}» في ${field} ليس بريدًا إلكترونيًا صحيحًا.`;
		case 'notAPhone':
			return `«${ltr(problem.value)}» في ${field} ليس رقم هاتف صالحًا في ${countryName(problem.country, 'ar')}، ولا رقمًا دوليًا برمز دولة.`;
		case 'phoneLostDigits':
			return `«${ltr(problem.value)}» في ${field} اختصره جدول البيانات، فضاعت بعض أرقامه.`;
		case 'unknownKey':
			return `«${own(problem.key)}» ليس من حقول العميل. هل تقصد «${ltr(problem.didYouMean)}»؟`;
		case 'notALead':
			return `يجب أن تكون بيانات العميل مجموعة حقول، والقيمة الواردة ${foundNames[problem.found] ?? 'من نوع آخر'}.`;
		case 'fetchFirst':
			return 'هذه الرسالة تحمل معرّف العميل فقط، لا بياناته.';
		case 'api':
			return label === '' || normalizeKey(problem.text).includes(normalizeKey(label))
				? problem.text
				: `${label}: ${own(problem.text)}`;
	}
};

/** What to do about it. */
export const remedy = (label: string, problem: Problem): string => {
	const field = fieldCalled(label);
	switch (problem.kind) {
		case 'missing':
			return `املأ ${field}، أو اربطه بسؤال النموذج الذي يحمل قيمته.`;
		case 'notEvaluated':
			return `افتح العُقدة وراجع التعبير المكتوب في ${field}.`;
		case 'notText':
			return `اربط ${field} بقيمة واحدة من النموذج، لا بمجموعة قيم.`;
		case 'notANumber':
			return `اكتب ${field} بالأرقام فقط، مثل 2500000.`;
		case 'notYesOrNo':
			return `اكتب نعم أو لا في ${field}.`;
		case 'notAList':
			return `اكتبه هكذا: فيلا، حديقة، أو ${ltr('["villa", "garden"]')}.`;
		case 'notAnObject':
			return `اكتب في ${field} أسماء ولكل اسم قيمته، مثل ${ltr('{ "city": "Cairo" }')}.`;
		case 'notAnEmail':
			return `صحّح ${field}، أو اتركه فارغًا.`;
		case 'notAPhone':
			return `راجع الرقم، أو أضف رمز الدولة مثل ${ltr('+20')}، أو اختر في «الدولة الافتراضية» الدولة التي يعيش فيها عملاؤك.`;
		case 'phoneLostDigits':
			return 'اجعل تنسيق العمود «نص» في جدول البيانات، ثم أدخل الرقم من جديد.';
		case 'unknownKey':
			return `غيّر اسمه إلى «${ltr(problem.didYouMean)}»، أو احذفه.`;
		case 'notALead':
			return `اكتب بيانات العميل كحقول، مثل ${ltr('{ "firstName": "Ahmed", "phone": "+201001234567" }')}.`;
		case 'fetchFirst':
			return 'اجلب بيانات العميل بمعرّفه أولًا، ثم مرّرها إلى هذه العُقدة.';
		case 'api':
			return 'صحّح ذلك ثم أرسل العميل من جديد.';
	}
};
