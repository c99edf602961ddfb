import type { DuplicateKey } from '../../lead/dedupeKey';
import type { NotReached } from '../../outcome/networkFault';
import type { MissingSetting, Outcome } from '../../outcome/outcome';
import type { Explanation, Words } from '../types';
import { counted } from './counted';
import { keptWords, neverAccepted } from './gateway';
import { issue, remedy } from './issues';
import { noLead, notice } from './notices';
import { why } from './why';

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
const attempts = (count: number): string => counted(count, 'attempt');
/** "5 attempts in 60 s"; where it was over at once, the time says nothing. */
const attemptsIn = ({ attempts: count, waitedMs }: Outcome): string =>
	waitedMs < 50 ? attempts(count) : `${attempts(count)} in ${seconds(waitedMs)}`;

const reasons: Readonly<Record<NotReached, string>> = {
	dns: 'host name not found',
	refused: 'connection refused',
	connectTimeout: 'the connection timed out',
	unreachable: 'no route to the host',
	tls: 'no secure connection could be made',
	tlsDate: 'its certificate has expired or is not valid yet',
	tlsUntrusted: 'its certificate is not trusted by this machine',
	tlsName: 'its certificate belongs to another host',
	proxy: 'the proxy refused the request',
	proxyAway: 'the proxy could not forward the request',
	addressDenied: 'requests to this address are not allowed here',
	address: 'the address is incomplete',
	header: 'the key or the organization ID contains a character that cannot be sent',
};

/** What helps where it is neither the base URL nor the network. */
const remedies: Partial<Readonly<Record<NotReached, string>>> = {
	proxy: 'Check what the proxy allows',
	proxyAway: 'Check the proxy',
	addressDenied: 'Ask the administrator to allow the address, or check the base URL',
	header: 'Paste the key and the organization ID again',
};

const missing: Readonly<Record<MissingSetting, Explanation>> = {
	account: {
		message: 'Not sent: no account is chosen.',
		hint: 'Open the node, choose an account, then send the lead again.',
	},
	accountOfItem: {
		message: 'Not sent: the account for this lead could not be determined.',
		hint: 'Check the expressions in the credential for this item, then send the lead again.',
	},
	apiKey: {
		message: 'Not sent: the account has no API key.',
		hint: 'Paste the key into the account, then send the lead again.',
	},
	organizationId: {
		message: 'Not sent: the account has no organization ID.',
		hint: 'Enter the organization ID in the account, then send the lead again.',
	},
	nodeVersion: {
		message: 'Not sent: this version of Node.js is too old. The iCloud-Ready nodes need 20.19 or newer.',
		hint: 'Update Node.js, restart Node-RED, then send the lead again.',
	},
	baseUrl: {
		message: 'Not sent: the base URL of the account is not a web address.',
		hint: 'Enter it as https://…, then send the lead again.',
	},
	login: {
		message: 'Not sent: the base URL of the account contains a user name or password.',
		hint: 'Remove it (the API key is enough), then send the lead again.',
	},
	path: {
		message: 'Not sent: the base URL of the account contains more than an address (for example ? or ..).',
		hint: 'Enter it as https://…, with only a path after the host, then send the lead again.',
	},
	https: {
		message: 'Not sent: the base URL begins with http://, so the key would be sent in clear text.',
		hint: 'Use https://. On a private network, you can allow unencrypted connections in the account.',
	},
};

const lookFor = ({ lead }: Outcome): string => lead?.leadInformation.phone ?? 'it';
const waitAsked = (retryAfterMs: number | null): string =>
	retryAfterMs === null || retryAfterMs < 50 ? '' : ` It asked to wait ${seconds(retryAfterMs)}.`;
const again = 'Nothing was created. Send it again later.';
const maybe = (outcome: Outcome): string =>
	`It may exist. Look for ${lookFor(outcome)} in iCloud-Ready before sending it again.`;

const sameLead = ({ by, value }: { readonly by: DuplicateKey; readonly value: string }): string => {
	switch (by) {
		case 'phone':
			return `A lead with the phone number ${value} was created earlier.`;
		case 'email':
			return `A lead with the email ${value} was created earlier.`;
		case 'phoneAndCampaign':
			return `A lead with the phone number ${value} was created earlier in the same campaign.`;
		case 'submission':
			return `A lead from the same submission (${value}) was created earlier.`;
	}
};

const unconfirmedWords = (outcome: Extract<Outcome, { outcome: 'unconfirmed' }>): Explanation => {
	switch (outcome.cause.kind) {
		case 'timeout': {
			const within = outcome.cause.afterMs === undefined ? ' in time' : ` within ${seconds(outcome.cause.afterMs)}`;
			return { message: `The lead was sent, but no answer came back${within}.`, hint: maybe(outcome) };
		}
		case 'cut':
			return {
				message: 'The lead was sent, but the connection was lost before the answer arrived.',
				hint: maybe(outcome),
			};
		case 'unreadable':
			return {
				message: `The lead was sent, but the answer (status ${outcome.status}) does not name a new lead.`,
				hint: maybe(outcome),
			};
		case 'earlier':
			return {
				message: 'Not sent again: the same lead was sent earlier and got no answer.',
				hint: maybe(outcome),
			};
		case 'interrupted':
			return {
				message: 'The program stopped while the lead was being sent, so the answer is unknown.',
				hint: maybe(outcome),
			};
		case 'damaged':
			return {
				message: 'The outbox that held the lead was damaged, so it is unknown whether the lead was sent.',
				hint: maybe(outcome),
			};
		case 'unreadableEntry':
			return {
				message: 'The stored copy of the lead cannot be read, so it is unknown whether the lead was sent.',
				hint:
					outcome.lead === null
						? 'It may exist. Compare your form or other source with iCloud-Ready, and resend what is missing.'
						: `It may exist. Look for ${lookFor(outcome)} in iCloud-Ready; if it is missing, resend it from its source.`,
			};
		case 'serverFault':
			return {
				message: `The lead was sent, but iCloud-Ready could not complete the request (status ${outcome.status}).`,
				hint: maybe(outcome),
			};
		case 'atGateway':
			return keptWords(outcome.cause);
		case 'goneFromGateway':
			return {
				message: `The gateway accepted the lead (ID ${outcome.cause.id}) but no longer has it.`,
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
			message: `The account contains \${${name}} within other text, where Node-RED does not replace it. Nothing was sent.`,
			hint: 'Put the whole value into one environment variable, then send the lead again.',
		};
	}
	return {
		message: `The account needs the environment variable ${name}, which is ${flaw === 'unset' ? 'not set' : 'empty'}. Nothing was sent.`,
		hint: 'Set it where Node-RED is started, restart Node-RED, then send the lead again.',
	};
};

const failedWords = (outcome: Extract<Outcome, { outcome: 'failed' }>): Explanation => {
	switch (outcome.cause.kind) {
		case 'notReached': {
			const at = outcome.cause.host === undefined ? '' : ` at ${outcome.cause.host}`;
			return {
				message: `iCloud-Ready could not be reached${at} (${reasons[outcome.cause.why]}).`,
				hint: `Nothing was created. ${remedies[outcome.cause.why] ?? 'Check the base URL and the network'}, then send it again.`,
			};
		}
		case 'redirect':
			return {
				message: `${outcome.cause.host ?? 'The server'} redirected the request to another address.`,
				hint: 'Check the base URL. The key was not sent there.',
			};
		case 'busy':
			return {
				message: `iCloud-Ready was too busy to accept the lead (status ${outcome.status}; ${attemptsIn(outcome)}).${waitAsked(outcome.cause.retryAfterMs)}`,
				hint: again,
			};
		case 'status':
			return {
				message: `iCloud-Ready did not accept the lead (status ${outcome.status})${outcome.cause.text === '' ? '' : `: ${outcome.cause.text.replace(/\.$/, '')}`}.`,
				hint:
					outcome.status === 404 || outcome.status === 405
						? 'Nothing was created. Check the base URL.'
						: 'Nothing was created. Check the account, then send it again.',
			};
		case 'canceled':
			return { message: 'Not sent: the run was stopped first.', hint: 'Send it again whenever you like.' };
		case 'outboxFull':
			return {
				message: `Not kept: the outbox is full (${outcome.cause.most.toLocaleString('en-US')} waiting).`,
				hint: 'Resolve what is blocking them, or raise the queue limit, then send the lead again.',
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
			return { message: `Lead ${outcome.leadNumber ?? outcome.leadId} was created.`, hint: '' };
		case 'duplicate':
			return {
				message: sameLead(outcome.cause),
				hint:
					outcome.cause.kind === 'recorded'
						? 'Nothing was sent.'
						: `The gateway already had it (ID ${outcome.cause.id}) and did not create a second one.`,
			};
		case 'invalid':
			if (outcome.cause.kind !== 'apiCheck') return { message: issues.join(' '), hint: '' };
			return {
				message:
					issues.length === 0
						? 'iCloud-Ready did not accept the lead and did not say why.'
						: `iCloud-Ready did not accept the lead: ${issues.map((text) => text.replace(/\.$/, '')).join('; ')}.`,
				hint: 'Correct it, then send the lead again.',
			};
		case 'unauthorized':
			if (outcome.cause.kind === 'notSent')
				return {
					message: 'Not sent: the key was refused for an earlier lead.',
					hint: 'Fix the API key, then send the remaining leads.',
				};
			if (outcome.cause.kind === 'neverAccepted')
				return neverAccepted(outcome.cause, 'Check the API key and the organization ID');
			return {
				message: 'iCloud-Ready did not accept the API key.',
				hint: 'It may have expired. Create a new key in iCloud-Ready and paste it into the account.',
			};
		case 'forbidden':
			if (outcome.cause.kind === 'notSent') {
				return {
					message: 'Not sent: an earlier lead showed that this key may not create leads for this organization.',
					hint: 'Fix the permission, then send the remaining leads.',
				};
			}
			if (outcome.cause.kind === 'neverAccepted')
				return neverAccepted(
					outcome.cause,
					"Give the key's role the permission Lead > Create and check the organization ID",
				);
			return {
				message: 'This key may not create leads.',
				hint: 'Give its role the permission Lead > Create, and check the organization ID.',
			};
		case 'rateLimited':
			return {
				message: `${outcome.attempts === 0 ? 'Not sent: iCloud-Ready is not accepting leads right now.' : `iCloud-Ready is not accepting leads right now (${attemptsIn(outcome)}).`}${waitAsked(outcome.cause.retryAfterMs)}`,
				hint: 'Send it again later, or allow more time for retries.',
			};
		case 'unconfirmed':
			return unconfirmedWords(outcome);
		case 'failed':
			return failedWords(outcome);
		case 'dryRun':
			return { message: 'Dry run: nothing was sent.', hint: 'This is the request that would have been sent.' };
	}
};

export const english: Words = { issue, remedy, notice, why, noLead, outcome: outcomeWords };
