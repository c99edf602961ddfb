import {
	alertText,
	explain,
	type HoldReason,
	interpretResponse,
	issueAt,
	type Outcome,
	outcomeKinds,
	outcomeOf,
	refusalText,
} from '../../packages/core/src';
import { alertKinds } from '../../packages/core/src/alerts/condition';
import type { Problem } from '../../packages/core/src/lead/problems';
import { holdReasons } from '../../packages/core/src/outcome/holdReason';
import { type CallRefusal, refusalStatus } from '../../packages/core/src/outcome/callRefusal';
import type { NotReached } from '../../packages/core/src/outcome/networkFault';
import type { MissingSetting, OutcomeFacts, Verdict } from '../../packages/core/src/outcome/outcome';
import statusWords from '../../packages/node-red/src/locales/en-US/icloud-ready-create-lead.json';

type Row = readonly [seen: string, kind: string, next: string];

const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } };
const facts: Partial<OutcomeFacts> = { lead, status: 500, attempts: 5, waitedMs: 60_000 };
const ended = (verdict: Verdict, known: Partial<OutcomeFacts> = {}): Outcome =>
	outcomeOf(verdict, { ...facts, ...known });
const invalid = (field: string, problem: Problem): Outcome =>
	ended({ outcome: 'invalid', cause: { kind: 'ownCheck' } }, { issues: [issueAt(field, problem)] });
const host = 'api.icloud-ready.com';

const unreached = Object.keys({
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
} satisfies Record<NotReached, true>) as readonly NotReached[];
const missing = Object.keys({
	account: true,
	accountOfItem: true,
	apiKey: true,
	organizationId: true,
	nodeVersion: true,
	baseUrl: true,
	login: true,
	path: true,
	https: true,
} satisfies Record<MissingSetting, true>) as readonly MissingSetting[];
const phone = 'leadInformation.phone';

/** What a person may read of a lead that was not created, one of each cause. */
const samples: readonly Outcome[] = [
	ended({ outcome: 'duplicate', cause: { kind: 'recorded', by: 'phone', value: '+201001234567' } }),
	invalid(phone, { kind: 'missing' }),
	invalid(phone, { kind: 'notAPhone', value: '12', country: 'EG' }),
	invalid(phone, { kind: 'phoneLostDigits', value: '2.01E+11' }),
	invalid('leadInformation.email', { kind: 'notAnEmail', value: 'mona@' }),
	invalid('dealSize', { kind: 'notANumber', value: 'two million' }),
	invalid('', { kind: 'unknownKey', key: 'fristName', didYouMean: 'firstName' }),
	invalid('', { kind: 'notALead', found: 'text' }),
	invalid('', { kind: 'fetchFirst' }),
	interpretResponse({ status: 400, headers: {}, body: { message: ['phone must be a valid phone number'] } }),
	interpretResponse({ status: 401, headers: {}, body: {} }),
	ended({ outcome: 'unauthorized', cause: { kind: 'notSent' } }),
	ended({ outcome: 'unauthorized', cause: { kind: 'neverAccepted', waitedMs: 3_600_000 } }),
	interpretResponse({ status: 403, headers: {}, body: {} }),
	ended({ outcome: 'forbidden', cause: { kind: 'notSent' } }),
	ended({ outcome: 'rateLimited', cause: { kind: 'limit', retryAfterMs: null } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'timeout', afterMs: 30_000 } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'cut' } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'serverFault' } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'unreadable' } }, { status: 200 }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'earlier' } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'interrupted' } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'damaged' } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'atGateway', id: '7f3a' } }),
	ended({ outcome: 'unconfirmed', cause: { kind: 'goneFromGateway', id: '7f3a' } }),
	...unreached.map((why) => ended({ outcome: 'failed', cause: { kind: 'notReached', why, host } })),
	ended({ outcome: 'failed', cause: { kind: 'redirect', host } }),
	ended({ outcome: 'failed', cause: { kind: 'busy', retryAfterMs: null } }, { status: 503 }),
	ended({ outcome: 'failed', cause: { kind: 'status', text: '' } }, { status: 404 }),
	ended({ outcome: 'failed', cause: { kind: 'status', text: '' } }, { status: 413 }),
	ended({ outcome: 'failed', cause: { kind: 'canceled' } }),
	ended({ outcome: 'failed', cause: { kind: 'outboxFull', most: 100_000 } }),
	...missing.map((each) => ended({ outcome: 'failed', cause: { kind: 'notConfigured', missing: each } })),
	ended({ outcome: 'failed', cause: { kind: 'variable', name: 'LEAD_KEY', flaw: 'unset' } }),
];

const labelOf = (kind: string): string => outcomeKinds.find((each) => each.kind === kind)?.label ?? kind;

export const outcomeRows = (): readonly Row[] =>
	samples.map((outcome) => {
		const { message, hint } = explain({ ...outcome, lead });
		return [message, labelOf(outcome.outcome), hint];
	});

/** The line below a node of Node-RED while leads wait, and what the sidebar says to do. */
export const statusRows = (): readonly (readonly [seen: string, next: string])[] =>
	holdReasons.map((why: HoldReason) => [
		statusWords.status.held[why].replace('__count__', '3'),
		statusWords.outbox.held[why],
	]);

export const alertRows = (): readonly (readonly [seen: string, next: string])[] =>
	alertKinds.map((kind) => {
		const alert = { kind, state: 'begun', key: kind, count: 3, sinceMs: Date.UTC(2026, 2, 3, 9, 12) } as const;
		const { title, text } = alertText(
			alert as unknown as Parameters<typeof alertText>[0],
			{ place: 'account', name: 'Nile View', timeZone: 'UTC' },
			'en',
		);
		return [title, text];
	});

const refusals = Object.keys(refusalStatus) as readonly CallRefusal[];

export const callRows = (): readonly (readonly [seen: string, next: string])[] =>
	refusals.map((refusal) => {
		const { message, hint } = refusalText(refusal);
		return [message, hint];
	});
