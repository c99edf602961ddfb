import type { DraftOf, Field, LeadOf } from './fieldTypes';

/**
 * The catalog: every field that the API's guide names, once. Checks, both editors, the locales, the OpenAPI document
 * and the README's table are made from it. Suggestions are offers, not a closed list: the guide names none.
 */
export const fields = [
	{
		path: 'leadInformation.firstName', name: 'firstName', kind: 'text', group: 'person', required: true,
		label: 'First Name', labelAr: 'الاسم الأول', example: 'Ahmed',
		description: 'Given name of the person; a full name is fine where there is only one field for it',
		descriptionAr: 'الاسم الأول للشخص؛ ولا بأس بالاسم الكامل إن لم يكن له إلا حقل واحد',
		synonyms: ['first name', 'fname', 'given name', 'forename', 'name first', 'your first name', 'الاسم الأول', 'الإسم الاول', 'اسمك الأول', 'prénom', 'vorname', 'el esm el awal'],
	},
	{
		path: 'leadInformation.lastName', name: 'lastName', kind: 'text', group: 'person',
		label: 'Last Name', labelAr: 'اسم العائلة', example: 'Soliman',
		description: 'Family name of the person',
		descriptionAr: 'اسم العائلة أو اللقب',
		synonyms: ['last name', 'lname', 'surname', 'family name', 'second name', 'name last', 'your last name', 'اسم العائلة', 'الاسم الأخير', 'الاسم الثاني', 'اللقب', 'العائلة', 'الكنية', 'الشهرة', 'nom de famille', 'nachname', 'esm el 3aela'],
	},
	{
		path: 'leadInformation.phone', name: 'phone', kind: 'phone', group: 'person', required: true,
		label: 'Phone', labelAr: 'رقم الهاتف', example: '+201001234567',
		description: 'Phone number in any format; it is made international with the default country',
		descriptionAr: 'رقم الهاتف بأي صيغة؛ يُحوّل إلى الصيغة الدولية حسب الدولة الافتراضية',
		synonyms: [
			'phone number', 'mobile', 'mobile number', 'mobile phone', 'cell', 'cell phone', 'telephone', 'tel', 'contact number',
			'your phone', 'your phone number', 'your mobile', 'your number', 'work phone', 'work phone number', 'whatsapp',
			'whatsapp number', 'phone no', 'mobile no', 'msisdn', 'الهاتف', 'رقم الهاتف', 'هاتف',
			'الموبايل', 'رقم الموبايل', 'موبايل', 'الجوال', 'رقم الجوال', 'جوال', 'التليفون', 'رقم التليفون', 'تليفون', 'المحمول',
			'رقم المحمول', 'واتساب', 'رقم الواتساب', 'رقم التواصل', 'هاتفك', 'رقم هاتفك', 'رقم موبايلك', 'رقم تليفونك', 'رقم جوالك',
			'phone1', 'primary phone', 'home phone', 'daytime phone', 'best number to reach you', 'best phone number', 'handphone', 'whats app', 'whatsapp no', 'wa number',
			'رقم الواتس', 'الواتس', 'واتس', 'رقم واتساب', 'رقم الواتس اب', 'واتس اب', 'رقم تليفون', 'رقم هاتف', 'رقم موبايل', 'رقم جوال', 'رقم محمول',
			'phones', 'phone numbers', 'mobiles', 'contact no', 'contact phone', 'telefon', 'telephon', 'mobail', 'hatef', 'hatif', 'jawal', 'gawal', 'téléphone', 'portable', 'numéro de téléphone',
			'رقم الاتصال', 'رقم للتواصل', 'رقمك', 'رقم الهاتف المحمول', 'الهاتف المحمول', 'رقم الهاتف الجوال', 'تلفون', 'التلفون', 'رقم التلفون', 'رقم تلفونك',
		],
	},
	{
		path: 'leadInformation.email', name: 'email', kind: 'email', group: 'person',
		label: 'Email', labelAr: 'البريد الإلكتروني', example: 'ahmed.soliman@example.com',
		description: 'Email address of the person',
		descriptionAr: 'عنوان البريد الإلكتروني للشخص',
		synonyms: [
			'e-mail', 'email address', 'mail', 'your email', 'user email', 'work email', 'البريد الإلكتروني', 'البريد', 'الإيميل',
			'ايميل', 'بريدك الإلكتروني', 'بريد إلكتروني', 'عنوان البريد الإلكتروني',
			'your mail', 'mail address', 'email id', 'primary email', 'contact email', 'الإيميل الشخصي', 'ايميلك', 'بريد', 'البريد الالكترونى', 'emails', 'email addresses', 'courriel', 'bareed', 'الميل', 'الايميل الشخصى',
		],
	},
	{
		path: 'leadInformation.salutation', name: 'salutation', kind: 'choice', group: 'person',
		label: 'Salutation', labelAr: 'صيغة المخاطبة', example: 'mr', suggestions: ['mr', 'mrs', 'ms', 'dr', 'eng'],
		description: 'How the person is addressed, such as mr or dr',
		descriptionAr: 'كيف يُخاطَب الشخص، مثل mr أو dr',
		synonyms: ['honorific', 'name prefix', 'prefix', 'صيغة المخاطبة', 'التحية'],
	},
	{
		path: 'leadInformation.title', name: 'title', kind: 'text', group: 'person',
		label: 'Job Title', labelAr: 'المسمى الوظيفي', example: 'Marketing Director',
		description: "The person's position at work",
		descriptionAr: 'منصب الشخص في عمله',
		synonyms: ['job title', 'job', 'position', 'occupation', 'profession', 'role', 'المسمى الوظيفي', 'الوظيفة', 'المهنة', 'العمل'],
	},
	{
		path: 'leadInformation.company', name: 'company', kind: 'text', group: 'person',
		label: 'Company', labelAr: 'الشركة', example: 'Acme Developments',
		description: 'Where the person works',
		descriptionAr: 'الجهة التي يعمل بها الشخص',
		synonyms: ['company name', 'organization', 'organisation', 'employer', 'business name', 'société', 'entreprise', 'sherka', 'الشركة', 'اسم الشركة', 'جهة العمل', 'المؤسسة'],
	},
	{
		path: 'additionalPhones', name: 'additionalPhones', kind: 'phoneList', group: 'person',
		label: 'Additional Phones', labelAr: 'أرقام هاتف أخرى', example: ['+201112223334'],
		description: 'More phone numbers of the same person, separated by commas',
		descriptionAr: 'أرقام أخرى للشخص نفسه، تفصل بينها فواصل',
		synonyms: [
			'additional phone', 'other phone', 'second phone', 'phone 2', 'mobile 2', 'alternative phone', 'alternate phone',
			'secondary phone', 'other number', 'رقم آخر', 'رقم هاتف آخر', 'رقم إضافي', 'هاتف آخر',
		],
	},
	{
		path: 'additionalEmails', name: 'additionalEmails', kind: 'emailList', group: 'person',
		label: 'Additional Emails', labelAr: 'عناوين بريد إلكتروني أخرى', example: ['alt@example.com'],
		description: 'More email addresses of the same person, separated by commas',
		descriptionAr: 'عناوين بريد أخرى للشخص نفسه، تفصل بينها فواصل',
		synonyms: ['additional email', 'other email', 'second email', 'email 2', 'alternative email', 'alternate email', 'secondary email', 'بريد آخر', 'بريد إضافي'],
	},
	{
		path: 'leadInformation.address.address', name: 'address', kind: 'text', group: 'address',
		label: 'Address Line', labelAr: 'العنوان بالتفصيل', example: 'Villa 12, Palm Hills',
		description: 'Building, compound or the whole address in one line',
		descriptionAr: 'المبنى أو الكمبوند، أو العنوان كاملًا في سطر واحد',
		synonyms: ['address line', 'address line 1', 'address 1', 'full address', 'home address', 'adresse', '3enwan', 'enwan', 'العنوان', 'عنوانك', 'عنوان السكن'],
	},
	{
		path: 'leadInformation.address.street', name: 'street', kind: 'text', group: 'address',
		label: 'Street', labelAr: 'الشارع', example: 'Garden Ave',
		description: 'Street the person lives in',
		descriptionAr: 'الشارع الذي يسكن فيه الشخص',
		synonyms: ['street address', 'street name', 'road', 'الشارع', 'اسم الشارع'],
	},
	{
		path: 'leadInformation.address.city', name: 'city', kind: 'text', group: 'address',
		label: 'City', labelAr: 'المدينة', example: '6th of October',
		description: 'City or town the person lives in',
		descriptionAr: 'المدينة التي يسكن فيها الشخص',
		synonyms: ['town', 'your city', 'city of residence', 'current city', 'city name', 'ville', 'madina', 'medina', 'المدينة', 'مدينة', 'مدينتك', 'مدينة الإقامة', 'المحافظة'],
	},
	{
		path: 'leadInformation.address.country', name: 'country', kind: 'country', group: 'address',
		label: 'Country', labelAr: 'الدولة', example: 'EG', suggestions: ['EG', 'SA', 'AE', 'QA', 'KW', 'BH', 'OM', 'JO'],
		description: 'Country as a name or a two-letter code, in English or Arabic',
		descriptionAr: 'اسم الدولة أو رمزها من حرفين، بالعربية أو الإنجليزية',
		synonyms: ['country name', 'country code', 'country of residence', 'pays', 'balad', 'dawla', 'القطر', 'البلد', 'الدولة', 'بلد', 'دولة', 'بلد الإقامة', 'دولة الإقامة'],
	},
	{
		path: 'leadInformation.address.zip', name: 'zip', kind: 'text', group: 'address',
		label: 'ZIP Code', labelAr: 'الرمز البريدي', example: '12566',
		description: 'Postal code of the address',
		descriptionAr: 'الرمز البريدي للعنوان',
		synonyms: ['zip', 'zipcode', 'postal code', 'post code', 'postcode', 'code postal', 'الرمز البريدي', 'الرقم البريدي'],
	},
	{
		path: 'leadtype', name: 'leadtype', kind: 'choice', group: 'interest',
		label: 'Lead Type', labelAr: 'نوع العميل', example: 'buying', suggestions: ['buying', 'selling', 'renting'],
		description: 'What the person wants to do, such as buying or renting',
		descriptionAr: 'ما يريده الشخص، مثل الشراء أو الإيجار',
		synonyms: ['lead type', 'type of lead', 'نوع العميل', 'نوع الطلب'],
	},
	{
		path: 'dealSize', name: 'dealSize', kind: 'number', group: 'interest',
		label: 'Deal Size', labelAr: 'حجم الصفقة', example: 2500000,
		description: 'Expected value of the deal as a number, without a currency',
		descriptionAr: 'القيمة المتوقعة للصفقة رقمًا، بلا عملة',
		synonyms: ['deal size', 'deal value', 'budget', 'your budget', 'الميزانية', 'ميزانيتك', 'قيمة الصفقة', 'حجم الصفقة'],
	},
	{
		path: 'region', name: 'region', kind: 'text', group: 'interest',
		label: 'Region', labelAr: 'المنطقة', example: 'Cairo',
		description: 'Area the person is interested in',
		descriptionAr: 'المنطقة التي تهمّ الشخص',
		synonyms: ['area', 'preferred region', 'preferred area', 'district', 'المنطقة', 'المنطقة المفضلة', 'الحي'],
	},
	{
		path: 'interests', name: 'interests', kind: 'textList', group: 'interest',
		label: 'Interests', labelAr: 'الاهتمامات', example: ['villa', 'garden', 'resale'],
		description: 'What the person is looking for, separated by commas',
		descriptionAr: 'ما يبحث عنه الشخص، تفصل بينه فواصل',
		synonyms: ['interest', 'interested in', 'الاهتمامات', 'اهتمامات', 'مهتم بـ'],
	},
	{
		path: 'leadRating', name: 'leadRating', kind: 'number', group: 'interest',
		label: 'Lead Rating', labelAr: 'تقييم العميل', example: 4,
		description: 'How promising the lead is, as a number on the scale of your team',
		descriptionAr: 'مدى جدّية العميل، رقمًا على المقياس الذي يتبعه فريقك',
		synonyms: ['rating', 'lead score', 'score', 'تقييم العميل', 'التقييم'],
	},
	{
		path: 'isQualified', name: 'isQualified', kind: 'boolean', group: 'interest',
		label: 'Qualified', labelAr: 'عميل مؤهل', example: true,
		description: 'Whether your team has confirmed that the person is a serious prospect',
		descriptionAr: 'هل تأكد فريقك من أن العميل جادّ',
		synonyms: ['qualified', 'is qualified', 'lead qualified', 'مؤهل', 'عميل مؤهل'],
	},
	{
		path: 'leadSource', name: 'leadSource', kind: 'choice', group: 'campaign',
		label: 'Lead Source', labelAr: 'مصدر العميل', example: 'facebook_ads',
		suggestions: ['facebook_ads', 'google_ads', 'tiktok_ads', 'snapchat_ads', 'linkedin_ads', 'website', 'whatsapp', 'referral'],
		description: 'Where the lead comes from, such as an ad platform or your website',
		descriptionAr: 'من أين جاء العميل، مثل منصة إعلانية أو موقعك',
		synonyms: ['lead source', 'source', 'مصدر العميل', 'المصدر'],
	},
	{
		path: 'campaignName', name: 'campaignName', kind: 'text', group: 'campaign',
		label: 'Campaign Name', labelAr: 'اسم الحملة', example: 'Q3-Resale-Boost',
		description: 'Advertising campaign that brought the lead',
		descriptionAr: 'الحملة الإعلانية التي جاء منها العميل',
		synonyms: ['campaign', 'campaign name', 'اسم الحملة', 'الحملة'],
	},
	{
		path: 'setName', name: 'setName', kind: 'text', group: 'campaign',
		label: 'Ad Set Name', labelAr: 'اسم المجموعة الإعلانية', example: 'Resale Units',
		description: 'Ad set or ad group within the campaign',
		descriptionAr: 'المجموعة الإعلانية داخل الحملة',
		synonyms: ['set', 'set name', 'ad set', 'ad set name', 'adset name', 'ad group', 'ad group name', 'adgroup name', 'المجموعة الإعلانية'],
	},
	{
		path: 'tags', name: 'tags', kind: 'textList', group: 'campaign',
		label: 'Tags', labelAr: 'الوسوم', example: ['resale', 'fb-q3', 'hot'],
		description: 'Words to find the lead by, separated by commas',
		descriptionAr: 'كلمات يُعثر بها على العميل، تفصل بينها فواصل',
		synonyms: ['tag', 'labels', 'الوسوم', 'وسوم'],
	},
	{
		path: 'leadDescription', name: 'leadDescription', kind: 'longText', group: 'more',
		label: 'Lead Description', labelAr: 'وصف العميل', example: 'High-intent buyer from FB lead form.',
		description: 'Anything a salesperson should know, such as the message from the form',
		descriptionAr: 'ما ينبغي أن يعرفه موظف المبيعات، مثل الرسالة المكتوبة في النموذج',
		synonyms: [
			'lead description', 'description', 'message', 'your message', 'comment', 'comments', 'notes', 'note', 'inquiry', 'enquiry',
			'how can we help', 'risala', 'resala', 'molahazat', 'الرسالة', 'رسالة', 'رسالتك', 'ملاحظات', 'تعليق', 'استفسار', 'الاستفسار', 'التفاصيل',
		],
	},
	{
		path: 'customField', name: 'customField', kind: 'json', group: 'more',
		label: 'Custom Field', labelAr: 'حقل مخصص', example: '{"utm_source":"facebook"}',
		description: 'Anything that has no field of its own, such as UTM parameters, as pairs or JSON',
		descriptionAr: 'كل ما ليس له حقل خاص، مثل بيانات UTM، أزواجًا أو بصيغة JSON',
		synonyms: ['custom field', 'custom fields'],
	},
] as const satisfies readonly Field[];

/** Names that forms give a whole name in one field; it is parted into first and last name. */
export const fullNameSynonyms: readonly string[] = [
	'name', 'full name', 'your name', 'your full name', 'customer name', 'client name', 'contact name', 'person name', 'lead name',
	'الاسم', 'fullname', 'complete name', 'name and surname', 'first and last name', 'client', 'customer', 'nom', 'nom complet', 'nom et prénom', 'esm', 'ism', 'esmak', 'ismak', 'el esm bel kamel', 'esm bel kamel', 'ism kamel', 'al ism al kamil',
	'الاسم الكامل', 'الاسم بالكامل', 'الاسم كامل', 'الاسم كاملا', 'الاسم رباعي', 'الاسم الرباعي', 'الاسم والعائلة', 'اسمك الكامل', 'اسمك الكريم', 'الاسم الكريم', 'اسم المشتري', 'الاسم ثلاثي', 'الاسم الثلاثي', 'اسمك', 'اسمك بالكامل', 'اسم العميل', 'اسم',
];

export type FieldPath = (typeof fields)[number]['path'];
export type LeadDraft = DraftOf<typeof fields>;
export type Lead = LeadOf<typeof fields>;

const byPath: ReadonlyMap<string, Field> = new Map(fields.map((field) => [field.path, field]));
const byName: ReadonlyMap<string, Field> = new Map(fields.map((field) => [field.name, field]));

/** The catalog's entry for a dotted API path, or undefined. */
export const fieldAt = (path: string): Field | undefined => byPath.get(path);

/** The catalog's entry for a flat name such as `city`, or undefined. */
export const fieldNamed = (name: string): Field | undefined => byName.get(name);
