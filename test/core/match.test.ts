import { meaningOf } from '../../packages/core/src/forms/evidence/evidenceOf';
import type { Meaning } from '../../packages/core/src/forms/evidence/labels';

const phone = 'leadInformation.phone';
const email = 'leadInformation.email';
const city = 'leadInformation.address.city';

test.each<
	[
		name: string,
		answer: { key: string; label?: string; type?: string; from?: string; value?: unknown },
		meaning: Meaning,
	]
>([
	['a key', { key: 'city' }, city],
	['a key in capitals with marks', { key: 'Your City: *' }, city],
	['an Arabic key, other spellings of its letters', { key: 'المدينه' }, city],
	['a key that says nothing, its label does', { key: 'field_7', label: 'Your city' }, city],
	['the key before the label', { key: 'city', label: 'Phone' }, city],
	['neither', { key: 'field_7', label: 'Favorite color' }, undefined],
	['a type wins over any name', { key: 'city', type: 'tel' }, phone],
	['a phone type of another tool', { key: 'q1', type: 'PHONE_NUMBER' }, phone],
	['an email type', { key: 'q1', type: 'INPUT_EMAIL' }, email],
	['a type that says nothing', { key: 'q1', label: 'Phone', type: 'text' }, phone],
	['a whole name', { key: 'full_name' }, 'fullName'],
	['a name within a person', { key: 'name', from: 'customer.name' }, 'fullName'],
	['the name of a form', { key: 'name', from: 'form.name' }, undefined],
	['the name of a company', { key: 'name', from: 'data.company.name' }, 'leadInformation.company'],
	['the name of a country', { key: 'name', from: 'address.country.name' }, 'leadInformation.address.country'],
	['the name of a phone is not a phone', { key: 'name', from: 'phone.name' }, 'fullName'],
	['the first of a name', { key: 'first', from: 'name.first' }, 'leadInformation.firstName'],
	['the first of something else', { key: 'first', from: 'choice.first' }, undefined],
	['the title of a page', { key: 'title', from: 'page.title' }, undefined],
	['the source of a visit', { key: 'source', from: 'utm.source' }, undefined],
	["an agent's phone", { key: 'phone', from: 'agent.phone', value: '01001234567' }, undefined],
	['the number of a phone', { key: 'number', from: 'phone.number', value: '501234567' }, phone],
	['a field of the catalog within a named group', { key: 'city', from: 'form.city' }, city],
	['a name that every object has', { key: 'constructor' }, undefined],
])('%s', (_, answer, meaning) => {
	expect(meaningOf({ from: answer.key, value: 'x', ...answer })).toBe(meaning);
});

const [firstName, lastName] = ['leadInformation.firstName', 'leadInformation.lastName'] as const;

/** Questions in more words than a name, with the answer that each got. */
test.each<[question: string, value: unknown, meaning: Meaning]>([
	['Full name / الاسم بالكامل', 'Mona Ali', 'fullName'],
	['رقم الهاتف - Phone', '01001234567', phone],
	['Phone | الهاتف', '01001234567', phone],
	['Email (البريد الإلكتروني)', 'mona@example.com', email],
	['City / المدينة', 'Giza', city],
	['Your phone number (WhatsApp)', '01001234567', phone],
	['Phone (Egypt only)', '01001234567', phone],
	['Phone (Egypt only)', 'call me', undefined],
	['Phone - are you free in the morning?', 'yes', undefined],
	['Name (as in your passport)', 'Mona Ali', 'fullName'],
	['Name, are you the owner?', 'yes', undefined],
	['What is your name?', 'Mona', 'fullName'],
	["What's your email address?", 'mona@example.com', email],
	['What is your email?', 'none', undefined],
	['Please enter your phone number here', '01001234567', phone],
	['ما هو اسمك؟', 'منى', 'fullName'],
	['أدخل رقم الهاتف', '01001234567', phone],
	['من فضلك اكتب رقم الموبايل', '٠١٠٠١٢٣٤٥٦٧', phone],
	['What is your budget?', '1000000', undefined],
	['Budget in SAR', '1000000', undefined],
	['Budget (SAR)', '1000000', undefined],
	['City: where would you like to buy?', 'Giza', undefined],
	['Phone / Email', '01001234567', undefined],
	['customer_phone', '01001234567', phone],
	['lead-email', 'mona@example.com', email],
	['billingCity', 'Giza', city],
	['billing_first_name', 'Mona', firstName],
	['Client last name', 'Ali', lastName],
	['contact_id', '7', undefined],
	['customer_source', 'x', undefined],
	['company_phone', '0223456789', undefined],
	['username', 'mona1', undefined],
	['Event name', 'Cityscape', undefined],
	['How many rooms do you want in your new home?', '3', undefined],
	['رقم الواتس', '01001234567', phone],
	['هل تملك رقم هاتف؟', 'نعم', undefined],
	['And the best number to reach you on?', '01001234567', phone],
	['رقم تليفونك عليه واتساب', '01001234567', phone],
	['الرقم القومي', '29001011234567', undefined],
	['رقم الوحدة', '12345678', undefined],
	['رقم موبايل آخر', '01112223334', 'additionalPhones'],
	['Alternative mobile number', '01112223334', 'additionalPhones'],
	['Another e-mail of yours', 'b@example.com', 'additionalEmails'],
	["Friend's phone", '01112223334', undefined],
	["Mother's full name", 'Hala Samir', undefined],
	['Which phone do you have?', 'iPhone 15', undefined],
	['Subscribe to email', 'yes', undefined],
	['May I know your full name please?', 'Mona Ali', 'fullName'],
	["Hello, what's your *name*?", 'Mona Ali', 'fullName'],
	['الاسم ثلاثي باللغة العربية', 'منى علي حسن', 'fullName'],
	['اسم المستخدم', 'mona1', undefined],
	['Comment or message', 'hello', 'leadDescription'],
	['Prénom', 'Sara', firstName],
	['El esm', 'Ahmed', 'fullName'],
	['Rakam el mobile', '01001234567', phone],
	['el madina', 'Cairo', city],
	['Area', '120', undefined],
	['Country code', '+971', undefined],
	['Title', 'Mr.', 'leadInformation.salutation'],
	['customer', 'yes', undefined],
	['email', true, undefined],
])('%s: %s', (key, value, meaning) => {
	expect(meaningOf({ key, value, from: key })).toBe(meaning);
});
