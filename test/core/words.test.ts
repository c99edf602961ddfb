import {
	explain,
	type Field,
	fields,
	type Language,
	outcomeKinds,
	readLead,
	recognizeForm,
	suggestionName,
} from '../../packages/core/src';
import type { NoLead, Notice, Problem } from '../../packages/core/src/lead/problems';
import { holdReasons } from '../../packages/core/src/outcome/holdReason';
import type { NotReached } from '../../packages/core/src/outcome/networkFault';
import {
	type MissingSetting,
	type OutcomeFacts,
	outcomeOf,
	type Verdict,
} from '../../packages/core/src/outcome/outcome';
import { issueAt, issueText, noLeadText, noticeText } from '../../packages/core/src/words/words';

const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } };
const request = { method: 'POST', url: 'https://crm.test/leads', headers: {}, body: lead } as const;

type Of<Kind, V = Verdict> = V extends { outcome: infer O } ? (Kind extends O ? V : never) : never;
type CauseOf<Kind, Name, C = Of<Kind>['cause']> = C extends { kind: infer K }
	? Name extends K
		? Omit<C, 'kind'> & { readonly kind: Name }
		: never
	: never;
/** A row for each cause of each outcome: a new one without a row does not compile. */
type EveryCause = {
	readonly [Kind in Verdict['outcome']]: {
		readonly [Name in Of<Kind>['cause']['kind']]: readonly CauseOf<Kind, Name>[];
	};
};
const notReached: Readonly<Record<NotReached, true>> = {
	dns: true,
	refused: true,
	connectTimeout: true,
	unreachable: true,
	tls: true,
	tlsDate: true,
	tlsUntrusted: true,
	tlsName: true,
	proxy: true,
	proxyAway: true,
	addressDenied: true,
	address: true,
	header: true,
};
const missing: Readonly<Record<MissingSetting, true>> = {
	account: true,
	accountOfItem: true,
	apiKey: true,
	organizationId: true,
	nodeVersion: true,
	baseUrl: true,
	login: true,
	path: true,
	https: true,
};
const waits = [null, 0, 1_000, 2_000, 5_000, 61_500];
const causes: EveryCause = {
	created: { answered: [{ kind: 'answered' }] },
	duplicate: {
		recorded: (['phone', 'email', 'phoneAndCampaign', 'submission'] as const).map((by) => ({
			kind: 'recorded',
			by,
			value: '+201001234567',
		})),
		atGateway: [{ kind: 'atGateway', by: 'phone', value: '+201001234567', id: '7f3a' }],
	},
	invalid: { ownCheck: [{ kind: 'ownCheck' }], apiCheck: [{ kind: 'apiCheck' }], unreadable: [{ kind: 'unreadable' }] },
	unauthorized: {
		refused: [{ kind: 'refused' }],
		notSent: [{ kind: 'notSent' }],
		neverAccepted: [60_000, 3_600_000].map((waitedMs) => ({ kind: 'neverAccepted', waitedMs })),
	},
	forbidden: {
		refused: [{ kind: 'refused' }],
		notSent: [{ kind: 'notSent' }],
		neverAccepted: [60_000, 3_600_000].map((waitedMs) => ({ kind: 'neverAccepted', waitedMs })),
	},
	rateLimited: { limit: waits.map((retryAfterMs) => ({ kind: 'limit', retryAfterMs })) },
	unconfirmed: {
		timeout: [{ kind: 'timeout' }, { kind: 'timeout', afterMs: 30_000 }],
		cut: [{ kind: 'cut' }],
		unreadable: [{ kind: 'unreadable' }],
		serverFault: [{ kind: 'serverFault' }],
		earlier: [{ kind: 'earlier' }],
		interrupted: [{ kind: 'interrupted' }],
		damaged: [{ kind: 'damaged' }],
		unreadableEntry: [{ kind: 'unreadableEntry' }],
		atGateway: [
			{ kind: 'atGateway', id: '7f3a' },
			...holdReasons.map((why) => ({ kind: 'atGateway', id: '7f3a', why }) as const),
		],
		goneFromGateway: [{ kind: 'goneFromGateway', id: '7f3a' }],
	},
	failed: {
		notReached: Object.keys(notReached).flatMap(
			(why) =>
				[
					{ kind: 'notReached', why: why as NotReached },
					{ kind: 'notReached', why: why as NotReached, host: 'crm.test' },
				] as const,
		),
		redirect: [{ kind: 'redirect' }, { kind: 'redirect', host: 'crm.test' }],
		busy: waits.map((retryAfterMs) => ({ kind: 'busy', retryAfterMs })),
		status: [
			{ kind: 'status', text: '' },
			{ kind: 'status', text: 'Cannot POST /leads' },
			{ kind: 'status', text: 'Too large.' },
		],
		canceled: [{ kind: 'canceled' }],
		outboxFull: [{ kind: 'outboxFull', most: 100_000 }],
		notConfigured: Object.keys(missing).map((each) => ({ kind: 'notConfigured', missing: each as MissingSetting })),
		variable: (['unset', 'empty', 'embedded'] as const).map((flaw) => ({ kind: 'variable', name: 'LEAD_KEY', flaw })),
	},
	dryRun: { dryRun: [{ kind: 'dryRun' }] },
};

const problems: { readonly [Kind in Problem['kind']]: Extract<Problem, { kind: Kind }> } = {
	missing: { kind: 'missing' },
	notEvaluated: { kind: 'notEvaluated' },
	notText: { kind: 'notText', found: 'list' },
	notANumber: { kind: 'notANumber', value: 'x' },
	notYesOrNo: { kind: 'notYesOrNo', value: 'x' },
	notAList: { kind: 'notAList' },
	notAnObject: { kind: 'notAnObject' },
	notAnEmail: { kind: 'notAnEmail', value: 'x' },
	notAPhone: { kind: 'notAPhone', value: 'x', country: 'EG' },
	phoneLostDigits: { kind: 'phoneLostDigits', value: '1E9' },
	unknownKey: { kind: 'unknownKey', key: 'k', didYouMean: 'phone' },
	notALead: { kind: 'notALead', found: 'text' },
	fetchFirst: { kind: 'fetchFirst' },
	api: { kind: 'api', text: 'phone is bad' },
};
const notices: { readonly [Kind in Notice['kind']]: Extract<Notice, { kind: Kind }> } = {
	phoneChanged: { kind: 'phoneChanged', field: 'leadInformation.phone', before: '010', after: '+2010' },
	secondPhone: { kind: 'secondPhone', field: 'additionalPhones', value: '+2011' },
	unknownCountry: { kind: 'unknownCountry', field: 'leadInformation.address.country', value: 'x' },
	unknownKey: { kind: 'unknownKey', key: 'x' },
	moreUnknownKeys: { kind: 'moreUnknownKeys', count: 99_900 },
	givenTwice: { kind: 'givenTwice', field: 'dealSize', kept: 'dealSize' },
	moved: { kind: 'moved', field: 'dealSize', value: 'x' },
	countryUnsure: { kind: 'countryUnsure', field: 'leadInformation.phone', value: '0500000201', country: 'EG' },
	phoneAsName: { kind: 'phoneAsName', field: 'leadInformation.firstName' },
	sentAgain: { kind: 'sentAgain' },
	noRecord: { kind: 'noRecord' },
};

const noLeads: { readonly [Kind in NoLead['kind']]: readonly Extract<NoLead, { kind: Kind }>[] } = {
	emptyList: [{ kind: 'emptyList' }, { kind: 'emptyList', key: 'leads' }],
	testLead: [{ kind: 'testLead', source: 'Snapchat' }],
	bookingChange: [{ kind: 'bookingChange' }],
	ownMessage: [{ kind: 'ownMessage' }],
	pageNews: [{ kind: 'pageNews' }],
	emptyWebhook: [{ kind: 'emptyWebhook', source: 'TikTok' }],
	reaction: [{ kind: 'reaction' }],
	deliveryStatus: [{ kind: 'deliveryStatus' }],
	noMessage: [{ kind: 'noMessage' }],
	onlyId: [{ kind: 'onlyId', source: 'Facebook', id: 'leadgen ID' }],
};

const languages: readonly Language[] = ['en', 'ar'];
const expectWords = (text: string, language: Language): void => {
	expect(text).toMatch(/[.؟?]$/);
	// Two dots stand alone where an address is explained.
	expect(text.replace(/(?<=[ \u2066])\.\.(?=[)\u2069])/, '?')).not.toMatch(
		/undefined|null|NaN|\[object|\u2066\u2069| {2}|\.\.|^[ .:]|: *\.|\(\)/,
	);
	if (language === 'ar') expect(text).toMatch(/[\u0600-\u06ff]/);
};

const rows = Object.entries(causes).flatMap(([outcome, kinds]) =>
	Object.entries(kinds).flatMap(([kind, all]) =>
		(all as readonly object[]).map((cause) => [outcome, kind, cause] as const),
	),
);
const facts: readonly Partial<OutcomeFacts>[] = [
	{},
	{ status: 503, lead, leadId: '68a1', attempts: 1, waitedMs: 40 },
	{
		status: 404,
		lead,
		leadId: '68a1',
		leadNumber: 0,
		attempts: 11,
		waitedMs: 5_000,
		issues: [issueAt('leadInformation.phone', { kind: 'missing' })],
	},
];

test.each(rows)('%s, %s %j: has whole sentences in both languages', (outcome, _, cause) => {
	for (const known of facts) {
		// A status is known wherever there was an answer, and an id wherever a lead was created.
		const certain = {
			status: 500,
			...(outcome === 'created' ? { leadId: '68a1' } : {}),
			issues: [issueAt('', { kind: 'fetchFirst' })],
			...known,
		};
		const verdict = {
			outcome,
			cause,
			...(outcome === 'created' ? { answer: {} } : {}),
			...(outcome === 'dryRun' ? { request } : {}),
		} as Verdict;
		for (const language of languages) {
			const { message, hint } = explain(outcomeOf(verdict, certain), language);
			expectWords(message, language);
			if (outcome !== 'created') expectWords(hint, language);
		}
	}
});

test.each(Object.values(problems))('problem %j: has a sentence and a remedy in both languages', (problem) => {
	for (const language of languages) {
		for (const field of ['leadInformation.phone', 'additionalPhones']) {
			const { message, hint } = explain(
				outcomeOf({ outcome: 'invalid', cause: { kind: 'ownCheck' } }, { issues: [issueAt(field, problem)] }),
				language,
			);
			expect(message).toBe(issueText({ field, problem }, language));
			if (problem.kind !== 'api') expectWords(message, language);
			expectWords(hint, language);
		}
	}
});

test.each(Object.values(notices))('warning %j: has a sentence in both languages', (notice) => {
	for (const language of languages) expectWords(noticeText(notice, language), language);
});

test.each(Object.values(noLeads).flat())('no lead %j: has a sentence in both languages', (noLead) => {
	for (const language of languages) expectWords(noLeadText(noLead, language), language);
});

test.each<[name: string, said: (language: Language) => readonly string[]]>([
	[
		'warnings of a lead',
		(language) =>
			readLead({ firstName: 'Mona', phone: '01001234567', country: 'Atlantis', pet: 'cat' }, { language }).warnings,
	],
	[
		'warnings of a form',
		(language) =>
			recognizeForm({ name: 'Mona', phone: '0501234567' }, { language }).leads.flatMap(({ warnings }) => warnings),
	],
	[
		'notes of a form',
		(language) =>
			recognizeForm({ name: 'Mona', phone: '01001234567' }, { language }).leads.flatMap(({ notes = [] }) => notes),
	],
	[
		'a form that is no lead',
		(language) =>
			[
				recognizeForm([], { language }),
				recognizeForm({ leadgen_id: '1', page_id: '2' }, { language }),
				recognizeForm(7, { language }),
			].map(({ problem }) => problem?.message ?? ''),
	],
])('%s are told in the language that is asked for', (_, said) => {
	for (const language of languages) {
		expect(said(language).length).toBeGreaterThan(0);
		for (const text of said(language)) expectWords(text, language);
	}
	for (const text of said('en')) expect(text).not.toMatch(/[\u0600-\u06ff]/);
});

test.each(fields.filter((field) => 'suggestions' in field).map((field: Field) => [field.name, field] as const))(
	'%s: each suggestion has a name in both languages',
	(_, field) => {
		for (const value of field.suggestions ?? []) {
			expect(suggestionName(field, value, 'en')).toMatch(/^[A-Z][a-z]/);
			expect(suggestionName(field, value, 'ar')).toMatch(/^[\u0600-\u06ff /]+$/);
		}
		expect(suggestionName(field, 'made up', 'ar')).toBe('made up');
	},
);

test.each(fields.map(({ path, label, labelAr }) => [path, label, labelAr]))(
	"%s: its issues are told with the language's own label",
	(field, label, labelAr) => {
		expect(issueText({ field, problem: { kind: 'missing' } })).toBe(`${label} is missing.`);
		expect(issueText({ field, problem: { kind: 'missing' } }, 'ar')).toContain(labelAr);
	},
);

test.each([
	[0, 'أقل من ثانية'],
	[1_000, 'ثانية واحدة'],
	[2_000, 'ثانيتين'],
	[3_000, '3 ثوانٍ'],
	[10_000, '10 ثوانٍ'],
	[11_000, '11 ثانية'],
	[2_500, '2.5 ثانية'],
])('%s ms in Arabic', (waitedMs, text) => {
	expect(
		explain(
			outcomeOf({ outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs: null } }, { attempts: 2, waitedMs }),
			'ar',
		).message,
	).toContain(`محاولتان خلال ${text}`);
});

describe('the English sentences that were agreed', () => {
	const apiIssue = issueAt('leadInformation.phone', { kind: 'api', text: 'phone must be a valid phone number' });
	test.each<[name: string, verdict: Verdict, facts: Partial<OutcomeFacts>, message: string, hint: string]>([
		[
			'created',
			{ outcome: 'created', cause: { kind: 'answered' }, answer: {} },
			{ leadId: '68a1', leadNumber: 1042 },
			'Lead 1042 was created.',
			'',
		],
		[
			'duplicate',
			{ outcome: 'duplicate', cause: { kind: 'recorded', by: 'phone', value: '+201001234567' } },
			{},
			'A lead with the phone number +201001234567 was created earlier.',
			'Nothing was sent.',
		],
		[
			'invalid, by us',
			{ outcome: 'invalid', cause: { kind: 'ownCheck' } },
			{ issues: [issueAt('leadInformation.phone', { kind: 'missing' })] },
			'Phone is missing.',
			'Fill in Phone, or map it to the form field that holds it.',
		],
		[
			'invalid, by the API',
			{ outcome: 'invalid', cause: { kind: 'apiCheck' } },
			{ status: 400, issues: [apiIssue] },
			'iCloud-Ready did not accept the lead: phone must be a valid phone number.',
			'Correct it, then send the lead again.',
		],
		[
			'unauthorized',
			{ outcome: 'unauthorized', cause: { kind: 'refused' } },
			{ status: 401 },
			'iCloud-Ready did not accept the API key.',
			'It may have expired. Create a new key in iCloud-Ready and paste it into the account.',
		],
		[
			'forbidden',
			{ outcome: 'forbidden', cause: { kind: 'refused' } },
			{ status: 403 },
			'This key may not create leads.',
			'Give its role the permission Lead > Create, and check the organization ID.',
		],
		[
			'rateLimited',
			{ outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs: null } },
			{ status: 429, attempts: 5, waitedMs: 60_000 },
			'iCloud-Ready is not accepting leads right now (5 attempts in 60 s).',
			'Send it again later, or allow more time for retries.',
		],
		[
			'unconfirmed',
			{ outcome: 'unconfirmed', cause: { kind: 'timeout', afterMs: 30_000 } },
			{ lead },
			'The lead was sent, but no answer came back within 30 s.',
			'It may exist. Look for +201001234567 in iCloud-Ready before sending it again.',
		],
		[
			'failed, not reached',
			{ outcome: 'failed', cause: { kind: 'notReached', why: 'refused', host: 'crm.test' } },
			{ lead },
			'iCloud-Ready could not be reached at crm.test (connection refused).',
			'Nothing was created. Check the base URL and the network, then send it again.',
		],
		[
			'failed, redirect',
			{ outcome: 'failed', cause: { kind: 'redirect', host: 'crm.test' } },
			{ status: 301 },
			'crm.test redirected the request to another address.',
			'Check the base URL. The key was not sent there.',
		],
		[
			'not sent',
			{ outcome: 'unauthorized', cause: { kind: 'notSent' } },
			{ lead },
			'Not sent: the key was refused for an earlier lead.',
			'Fix the API key, then send the remaining leads.',
		],
	])('%s', (_, verdict, known, message, hint) => {
		expect(explain(outcomeOf(verdict, known))).toEqual({ message, hint });
	});

	test('several issues are one sentence each by us, and one sentence by the API', () => {
		const issues = [
			issueAt('leadInformation.phone', { kind: 'api', text: 'phone is bad.' }),
			issueAt('tags', { kind: 'api', text: 'too many' }),
		];
		expect(explain(outcomeOf({ outcome: 'invalid', cause: { kind: 'apiCheck' } }, { issues })).message).toBe(
			'iCloud-Ready did not accept the lead: phone is bad; Tags: too many.',
		);
		const own = [
			issueAt('leadInformation.firstName', { kind: 'missing' }),
			issueAt('leadInformation.phone', { kind: 'missing' }),
		];
		expect(explain(outcomeOf({ outcome: 'invalid', cause: { kind: 'ownCheck' } }, { issues: own })).message).toBe(
			'First Name is missing. Phone is missing.',
		);
	});

	test('no issue from the API is said, not hidden', () => {
		expect(explain(outcomeOf({ outcome: 'invalid', cause: { kind: 'apiCheck' } })).message).toBe(
			'iCloud-Ready did not accept the lead and did not say why.',
		);
	});
});

test('the outcome table has words in both languages', () => {
	for (const { label, labelAr, when, whenAr } of outcomeKinds) {
		for (const text of [label, when]) expect(text).toMatch(/^[A-Zi].*[^.]$/);
		for (const text of [labelAr, whenAr]) expect(text).toMatch(/[\u0600-\u06ff].*[^.]$/);
	}
});
