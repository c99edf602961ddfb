import type { DuplicateKey } from '../../lead/dedupeKey';
import type { NotReached } from '../../outcome/networkFault';
import type { MissingSetting, Outcome } from '../../outcome/outcome';
import type { Explanation, Words } from '../types';
import { keptWords, neverAccepted } from './gateway';
import { issue, remedy } from './issues';
import { noLead, notice } from './notices';
import { why } from './why';

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
const tries = (count: number): string => (count === 1 ? '1 try' : `${count} tries`);

const reasons: Readonly<Record<NotReached, string>> = {
	dns: 'its name was not found',
	refused: 'connection refused',
	connectTimeout: 'no connection in time',
	unreachable: 'no way to it in the network',
	tls: 'no secure connection',
	tlsDate: 'its certificate has expired or is not valid yet',
	tlsUntrusted: 'its certificate was issued by nobody this machine trusts',
	tlsName: 'its certificate belongs to another host',
	proxy: 'the proxy did not pass it on',
	proxyAway: 'the proxy could not pass it on just now',
	addressDenied: 'the address is not allowed here',
	address: 'not a complete address',
	header: 'the key or the organization ID has a character that cannot be sent',
};

/** What helps where it is not the base URL or the network that is to be looked at. */
const remedies: Partial<Readonly<Record<NotReached, string>>> = {
	proxy: 'Check the proxy and what it lets through',
	proxyAway: 'Check the proxy',
	addressDenied: 'Have whoever runs this program allow the address, or check the base URL',
	header: 'Paste the key and the organization ID anew',
};

const missing: Readonly<Record<MissingSetting, Explanation>> = {
	account: {
		message: 'Not sent: no account is chosen.',
		hint: 'Open the node, choose an account, and send the lead again.',
	},
	accountOfItem: {
		message: 'Not sent: the account of this lead could not be worked out.',
		hint: 'Check the expressions in the credential for this item, then send the lead again.',
	},
	apiKey: {
		message: 'Not sent: the account has no API key.',
		hint: 'Paste the key into the account, and send the lead again.',
	},
	organizationId: {
		message: 'Not sent: the account has no organization ID.',
		hint: 'Enter the organization ID in the account, and send the lead again.',
	},
	nodeVersion: {
		message: 'Not sent: this Node.js is too old for the iCloud-Ready nodes, which need version 20.19 or newer.',
		hint: 'Update Node.js, restart Node-RED, and send the lead again.',
	},
	baseUrl: {
		message: 'Not sent: the base URL of the account is not a web address.',
		hint: 'Enter it as https://…, and send the lead again.',
	},
	login: {
		message: 'Not sent: the base URL of the account holds a user name or a password.',
		hint: 'Remove it, since the API key is enough, and send the lead again.',
	},
	path: {
		message:
			'Not sent: the base URL of the account holds more than an address, such as a question mark or two dots in its path.',
		hint: 'Enter it as https://…, with nothing but the path behind the host, and send the lead again.',
	},
	https: {
		message: 'Not sent: the base URL begins with http://, so the key would be readable on the way.',
		hint: 'Use https://, or allow a connection without encryption in the account where the network is your own.',
	},
};

const lookFor = ({ lead }: Outcome): string => lead?.leadInformation.phone ?? 'it';
const waitAsked = (retryAfterMs: number | null): string =>
	retryAfterMs === null ? '' : ` It asked to wait ${seconds(retryAfterMs)}.`;
const again = 'Nothing was created. Send it again later.';
const maybe = (outcome: Outcome): string =>
	`It may exist. Look for ${lookFor(outcome)} in iCloud-Ready before you send it again.`;

const sameLead = ({ by, value }: { readonly by: DuplicateKey; readonly value: string }): string => {
	switch (by) {
		case 'phone':
			return `A lead with the phone ${value} was created before.`;
		case 'email':
			return `A lead with the email ${value} was created before.`;
		case 'phoneAndCampaign':
			return `A lead with the phone ${value} was created before in the same campaign.`;
		case 'submission':
			return `A lead of the same submission (${value}) was created before.`;
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
				message: 'The lead was sent, but the connection broke off before the answer came.',
				hint: maybe(outcome),
			};
		case 'unreadable':
			return {
				message: `The lead was sent, but the answer (status ${outcome.status}) does not name a created lead.`,
				hint: maybe(outcome),
			};
		case 'earlier':
			return {
				message: 'Not sent again: the same lead was sent before, and no answer came back then.',
				hint: maybe(outcome),
			};
		case 'interrupted':
			return {
				message: 'The lead was on its way when the program stopped, so its answer is not known.',
				hint: maybe(outcome),
			};
		case 'damaged':
			return {
				message: 'The outbox that kept the lead was damaged, so it is not known whether it was sent.',
				hint: maybe(outcome),
			};
		case 'unreadableEntry':
			return {
				message: 'What is kept of the lead cannot be read, so it is not known whether it was sent.',
				hint:
					outcome.lead === null
						? 'It may exist. Compare what its form or source kept with iCloud-Ready, and send anew what is missing there.'
						: `It may exist. Look for ${lookFor(outcome)} in iCloud-Ready; where it is missing, send it anew from where it came.`,
			};
		case 'serverFault':
			return {
				message: `The lead was sent, but iCloud-Ready answered that something went wrong there (status ${outcome.status}).`,
				hint: maybe(outcome),
			};
		case 'atGateway':
			return keptWords(outcome.cause);
		case 'goneFromGateway':
			return {
				message: `The gateway took the lead under the ID ${outcome.cause.id}, and does not know it any more.`,
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
			message: `The account holds \${${name}} among other text, where Node-RED does not replace it. Nothing was sent.`,
			hint: 'Put the whole value into one environment variable, and send the lead again.',
		};
	}
	return {
		message: `The environment variable ${name} is ${flaw === 'unset' ? 'not set' : 'empty'}, and the account needs it. Nothing was sent.`,
		hint: 'Set it where Node-RED is started, restart Node-RED, and send the lead again.',
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
				message: `${outcome.cause.host ?? 'The server'} answered with another address.`,
				hint: 'Check the base URL. The key was not sent there.',
			};
		case 'busy':
			return {
				message: `iCloud-Ready was too busy to take the lead (status ${outcome.status}): ${tries(outcome.attempts)} in ${seconds(outcome.waitedMs)}.${waitAsked(outcome.cause.retryAfterMs)}`,
				hint: again,
			};
		case 'status':
			return {
				message: `iCloud-Ready did not take the lead (status ${outcome.status})${outcome.cause.text === '' ? '' : `: ${outcome.cause.text.replace(/\.$/, '')}`}.`,
				hint:
					outcome.status === 404 || outcome.status === 405
						? 'Nothing was created. Check the base URL.'
						: 'Nothing was created. Check the account, then send it again.',
			};
		case 'canceled':
			return { message: 'Not sent: the run was stopped first.', hint: 'Send it again when you are ready.' };
		case 'outboxFull':
			return {
				message: `Not kept: ${outcome.cause.most.toLocaleString('en-US')} leads wait in the outbox, and it takes no more.`,
				hint: 'Mend what holds them back, or let the outbox keep more, then send the lead again.',
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
						: `The gateway had it already, under the ID ${outcome.cause.id}, and created no second one.`,
			};
		case 'invalid':
			if (outcome.cause.kind !== 'apiCheck') return { message: issues.join(' '), hint: '' };
			return {
				message:
					issues.length === 0
						? 'iCloud-Ready did not accept the lead and did not say why.'
						: `iCloud-Ready did not accept the lead: ${issues.map((text) => text.replace(/\.$/, '')).join('; ')}.`,
				hint: 'Correct it and send the lead again.',
			};
		case 'unauthorized':
			if (outcome.cause.kind === 'notSent')
				return {
					message: 'Not sent: the key was refused for an earlier lead.',
					hint: 'Mend the key, then send the rest.',
				};
			if (outcome.cause.kind === 'neverAccepted')
				return neverAccepted(outcome.cause, 'Check the API key and the organization ID');
			return {
				message: 'iCloud-Ready did not accept the API key.',
				hint: 'It may have expired. Create a new one there and paste it into the account.',
			};
		case 'forbidden':
			if (outcome.cause.kind === 'notSent') {
				return {
					message: 'Not sent: the key may not create leads for this organization, as an earlier lead showed.',
					hint: 'Mend the permission, then send the rest.',
				};
			}
			if (outcome.cause.kind === 'neverAccepted')
				return neverAccepted(
					outcome.cause,
					'Give the role of the key the permission Lead > Create, check the organization ID',
				);
			return {
				message: 'This key may not create leads.',
				hint: 'Give its role the permission Lead > Create, and check the organization ID.',
			};
		case 'rateLimited':
			return {
				message: `${outcome.attempts === 0 ? 'Not sent: iCloud-Ready takes no more leads for now.' : `iCloud-Ready takes no more leads for now: ${tries(outcome.attempts)} in ${seconds(outcome.waitedMs)}.`}${waitAsked(outcome.cause.retryAfterMs)}`,
				hint: 'Send it again later, or allow a longer wait.',
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
