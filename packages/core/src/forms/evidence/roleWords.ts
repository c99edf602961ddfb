import { memoize } from '../../text/memoize';
import { wordsOf } from '../../text/text';

/**
 * What the words of a group or a label say of whom its values are:
 * - `person`: the one who asks (lead, customer, inquirer); `contact`: a person too, but perhaps somebody's own contact
 * - `other`: somebody else or the company itself (agent, owner, organizer, agency); `user`: the person or one of the team
 * - `place`: what is for sale, with a name, an address and a contact of its own (property, listing, project)
 * - `thing`: of the company's own machinery (event, ad, account, channel); a contact in it is a person
 * - `record`: what was made of somebody's request (booking, deal, ticket), whose name may be its own or the person's
 * - `location`: somewhere, which is the person's only within a person
 * - `frame`: what holds a form's answers and has a name of its own (form, page, survey)
 * - `visit`: how somebody came (utm, tracking parameters); `device`: what they came with
 */
export type Role =
	| 'person'
	| 'contact'
	| 'other'
	| 'user'
	| 'place'
	| 'thing'
	| 'record'
	| 'location'
	| 'frame'
	| 'visit'
	| 'device';

const words: Readonly<Record<Role, string>> = {
	person:
		'ليد ليدز lead leads customer customers client clients inquirer enquirer inquiry enquiry buyer guest guests visitor ' +
		'applicant prospect prospects invitee invitees attendee attendees respondent responder registrant submitter booker ' +
		'subscriber caller patient student tenant candidate billing sender requester requestor cus cust ' +
		'عميل عملاء زبون متصل مرسل مشتري مشترك زائر ضيف مستفسر مهتم متقدم',
	contact: 'contact contacts person people profile profiles individual اتصال تواصل',
	other:
		'agent agents broker brokers brokerage owner owners organizer organiser organizers host hosts operator operators agency agencies ' +
		'assignee assigned assign consultant advisor adviser representative rep reps salesperson salesrep salesman seller sales realtor ' +
		'manager managers employee staff team admin administrator author creator created updated modified responsible handler handled editor ' +
		'coordinator moderator supervisor receptionist support referrer referrers referral referred referee emergency parent father ' +
		'mother wife husband spouse friend friends brother sister relative guarantor landlord developer company companies organization ' +
		'organisation corporate branch dealer dealership vendor partner provider merchant recipient recipients callee destination ' +
		'assistant coapplicant cobuyer cotenant enumerator interviewer surveyor instance display previous old office headquarters hq shipping delivery courier driver closer telecaller ' +
		'doctor teacher مندوب وسيط سمسار مسؤول مسئول موظف مالك مستشار وكيل مدير مشرف منظم مضيف بائع شركة مكتب فرع صديق زوج زوجة ' +
		'بروكر مسوق ايجنت شريك والد والدة طوارئ مطور مبيعات سيلز ممثل وكالة معلن جهة',
	user: 'user users member members مستخدم',
	place:
		'property listing listings unit units project projects compound building villa apartment flat house tower ' +
		'عقار عقارات وحدة مشروع كمبوند مبنى شقة فيلا',
	thing:
		'event events meeting product products item variant offer ad ads adset adgroup adsquad campaign advertiser account ' +
		'accounts workspace store shop venue portal channel inbox table sheet database board pipeline stage invoice creative asset ' +
		'vehicle car job course publisher article post video إعلان حملة فعالية منتج',
	record:
		'deal opportunity ticket order orders booking appointment reservation session conversation thread payment حجز موعد طلب',
	location: 'location',
	frame:
		'meta metadata form forms page pages site website survey quiz landing widget popup funnel template استمارة نموذج صفحة موقع',
	visit: 'utm utms attribution origin traffic tracking',
	device: 'device browser geo geoip geolocation timezone',
};

/** Words before a person's that make somebody else of them: "co-applicant", "second buyer". */
const beside = new Set(wordsOf('co joint second secondary 2nd other additional'));
/** The same after it in Arabic: المشتري الثاني. */
const besideAfter = new Set(wordsOf('ثاني تاني ثانى اخر مشارك'));

/** Arabic joins the article and small words to the next: المندوب, للمندوب. */
const bare = (word: string): string => word.replace(/^(?:[وبفك]?ال|لل)(?=.{3})/u, '');

const roles: ReadonlyMap<string, Role> = new Map(
	(Object.entries(words) as [Role, string][]).flatMap(([role, list]) =>
		wordsOf(list).map((word) => [bare(word), role] as const),
	),
);

/** The role that one word has, in a form that `wordsOf` gives. */
export const roleOfWord = (word: string): Role | undefined =>
	roles.get(bare(word)) ?? (/[^s]s$/.test(word) ? roles.get(word.slice(0, -1)) : undefined);

/** Whether words tell a second person beside the one who asks: "co-applicant", "joint buyer", المشتري الثاني. */
export const tellsSecond = (all: readonly string[]): boolean =>
	all.length > 1 &&
	all.some(
		(word, at) =>
			roleOfWord(word) === 'person' && (beside.has(all[at - 1] ?? '') || besideAfter.has(bare(all[at + 1] ?? ''))),
	);

/** Words of a group's name that say nothing of whose it is. */
const wrapping = new Set(
	wordsOf(
		'data info information details detail fields field answers answer values column columns properties attributes response responses submission submissions entry entries query parameters params',
	),
);

/** Whether a group's name only says that something is in it. */
export const isWrapping = memoize((name: string): boolean => {
	const all = wordsOf(name);
	return all.every((word) => wrapping.has(word) || outer.has(word) || /^\d+$/.test(word));
});
const outer = new Set(
	wordsOf('payload body result results record records object objects node nodes edge edges json lead leads'),
);

const happened = new Set(wordsOf('created updated modified'));

const strongest: readonly Role[] = [
	'other',
	'device',
	'visit',
	'person',
	'place',
	'thing',
	'record',
	'location',
	'contact',
	'frame',
	'user',
];

/**
 * The role of a group by its name: `agent_details`, `assigned_user`, `المندوب`. Of several the strongest: a contact of the agent
 * is the agent's. `user_data` is what a form calls its answers.
 */
export const roleOfName = memoize((name: string): Role | undefined => {
	if (name.length > 80) return undefined;
	const all = wordsOf(name);
	// What happened to a contact, `contact_created`, is no other person; `created_by` is.
	const others = all.filter((word) => !happened.has(word));
	const said = others.some((word) => roleOfWord(word) !== undefined) ? others : all;
	const found = new Set(said.map(roleOfWord));
	const role = tellsSecond(all) ? 'other' : strongest.find((each) => found.has(each));
	// `form_response` holds answers, and is no form with a name.
	return (role === 'user' || role === 'frame') && all.some((word) => wrapping.has(word)) ? undefined : role;
});
