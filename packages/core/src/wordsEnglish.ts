import type { DuplicateKey } from './duplicates';
import type { NotReached } from './fault';
import type { Notice, Problem } from './issue';
import type { MissingSetting, Outcome } from './outcome';
import { normalizeKey } from './text';
import type { Explanation, Words } from './words';

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
const tries = (count: number): string => (count === 1 ? '1 try' : `${count} tries`);

const issue = (label: string, problem: Problem): string => {
	switch (problem.kind) {
		case 'missing':
			return `${label} is missing.`;
		case 'notEvaluated':
			return `The value of ${label} could not be found out.`;
		case 'notText':
			return `${label} must be text, not ${{ list: 'a list', object: 'an object', boolean: 'true or false' }[problem.found]}.`;
		case 'notANumber':
			return `${label} must be a number, and "${problem.value}" is none.`;
		case 'notYesOrNo':
			return `${label} must be true or false, and "${problem.value}" is neither.`;
		case 'notAList':
			return `${label} must be a list, or text parted by commas.`;
		case 'notAnObject':
			return `${label} must be an object with keys and values.`;
		case 'notAnEmail':
			return `${label} "${problem.value}" is not an email address.`;
		case 'notAPhone':
			return `${label} "${problem.value}" is not a valid phone number, neither in ${problem.country} nor with a country code.`;
		case 'phoneLostDigits':
			return `${label} "${problem.value}" was shortened by a spreadsheet, so its digits are lost.`;
		case 'unknownKey':
			return `"${problem.key}" is not a field. Did you mean "${problem.didYouMean}"?`;
		case 'notALead':
			return `A lead must be an object with fields, and this is ${problem.found}.`;
		case 'fetchFirst':
			return 'This message holds only the ID of a lead, not the lead itself.';
		case 'api':
			return label === '' || normalizeKey(problem.text).includes(normalizeKey(label)) ? problem.text : `${label}: ${problem.text}`;
	}
};

const remedy = (label: string, problem: Problem): string => {
	switch (problem.kind) {
		case 'missing':
			return `Fill in ${label}, or map it to the form's field that holds it.`;
		case 'notEvaluated':
			return `Open the node and check the expression of ${label}.`;
		case 'notText':
			return `Map ${label} to one value of the form, not to a group of values.`;
		case 'notANumber':
			return `Write ${label} as digits only, for example 2500000.`;
		case 'notYesOrNo':
			return `Use true, false, yes or no for ${label}.`;
		case 'notAList':
			return 'Give it as villa, garden or ["villa", "garden"].';
		case 'notAnObject':
			return `Put the fields of ${label} inside braces, with a name and a value each.`;
		case 'notAnEmail':
			return `Correct ${label}, or leave it empty.`;
		case 'notAPhone':
			return `Check the number, add its country code (such as +20), or set Default Country to where your leads live.`;
		case 'phoneLostDigits':
			return 'Format the column as Text in the spreadsheet, then enter the number again.';
		case 'unknownKey':
			return `Rename it to "${problem.didYouMean}", or remove it.`;
		case 'notALead':
			return 'Give the lead as fields, for example { "firstName": "Ahmed", "phone": "+201001234567" }.';
		case 'fetchFirst':
			return 'Fetch the lead by its ID first, then pass it on to this node.';
		case 'api':
			return 'Correct it and send the lead again.';
	}
};

const notice = (label: string, given: Notice): string => {
	switch (given.kind) {
		case 'phoneChanged':
			return `${label} was changed from "${given.before}" to "${given.after}".`;
		case 'secondPhone':
			return `A second number, ${given.value}, was put into ${label}.`;
		case 'unknownCountry':
			return `${label} "${given.value}" is not a country that is known here. It was sent as it is.`;
		case 'unknownKey':
			return `"${given.key}" is not a field of a lead. It was not sent; use Custom Field to keep it.`;
		case 'moreUnknownKeys':
			return `${given.count.toLocaleString('en-US')} more keys are not fields of a lead. They were not sent; use Custom Field to keep them.`;
		case 'givenTwice':
			return `${label} was given twice. The value at ${given.kept} was sent.`;
		case 'moved':
			return `${label} "${given.value}" did not fit and was put into Custom Field.`;
		case 'sentAgain':
			return 'The lead was sent again after an answer was lost, so it may exist twice.';
	}
};

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
	address: 'not a complete address',
	header: 'the key or the organization ID has a character that cannot be sent',
};

const missing: Readonly<Record<MissingSetting, Explanation>> = {
	account: { message: 'Not sent: no account is chosen.', hint: 'Open the node, choose an account, and send the lead again.' },
	apiKey: { message: 'Not sent: the account has no API key.', hint: 'Paste the key into the account, and send the lead again.' },
	organizationId: { message: 'Not sent: the account has no organization ID.', hint: 'Enter the organization ID in the account, and send the lead again.' },
	baseUrl: { message: 'Not sent: the base URL of the account is not a web address.', hint: 'Enter it as https://…, and send the lead again.' },
	login: { message: 'Not sent: the base URL of the account holds a user name or a password.', hint: 'Remove it, since the API key is enough, and send the lead again.' },
	path: { message: 'Not sent: the base URL of the account holds more than an address, such as a question mark or two dots in its path.', hint: 'Enter it as https://…, with nothing but the path behind the host, and send the lead again.' },
	https: { message: 'Not sent: the base URL begins with http://, so the key would travel readable.', hint: 'Use https://, or allow plain http in the account where the network is your own.' },
};

const lookFor = ({ lead }: Outcome): string => lead?.leadInformation.phone ?? 'it';
const waitAsked = (retryAfterMs: number | null): string => (retryAfterMs === null ? '' : ` It asked to wait ${seconds(retryAfterMs)}.`);
const again = 'Nothing was created. Send it again later.';
const maybe = (outcome: Outcome): string => `It may exist. Look for ${lookFor(outcome)} in iCloud-Ready before you send it again.`;

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
			return { message: 'The lead was sent, but the connection broke off before the answer came.', hint: maybe(outcome) };
		case 'unreadable':
			return { message: `The lead was sent, but the answer (status ${outcome.status}) does not name a created lead.`, hint: maybe(outcome) };
		case 'earlier':
			return { message: 'Not sent again: the same lead was sent before, and no answer came back then.', hint: maybe(outcome) };
		case 'interrupted':
			return { message: 'The lead was on its way when the program stopped, so its answer is not known.', hint: maybe(outcome) };
		case 'damaged':
			return { message: 'The outbox that kept the lead was damaged, so it is not known whether it was sent.', hint: maybe(outcome) };
		case 'serverFault':
			return { message: `The lead was sent, but iCloud-Ready answered that something went wrong there (status ${outcome.status}).`, hint: maybe(outcome) };
	}
};

const failedWords = (outcome: Extract<Outcome, { outcome: 'failed' }>): Explanation => {
	switch (outcome.cause.kind) {
		case 'notReached': {
			const at = outcome.cause.host === undefined ? '' : ` at ${outcome.cause.host}`;
			return {
				message: `iCloud-Ready could not be reached${at} (${reasons[outcome.cause.why]}).`,
				hint: `Nothing was created. ${outcome.cause.why === 'header' ? 'Paste the key and the organization ID anew' : 'Check the base URL and the network'}, then send it again.`,
			};
		}
		case 'redirect':
			return { message: `${outcome.cause.host ?? 'The server'} answered with another address.`, hint: 'Check the base URL. The key was not sent there.' };
		case 'busy':
			return { message: `iCloud-Ready was too busy to take the lead (status ${outcome.status}): ${tries(outcome.attempts)} in ${seconds(outcome.waitedMs)}.${waitAsked(outcome.cause.retryAfterMs)}`, hint: again };
		case 'status':
			return {
				message: `iCloud-Ready did not take the lead (status ${outcome.status})${outcome.cause.text === '' ? '' : `: ${outcome.cause.text.replace(/\.$/, '')}`}.`,
				hint: outcome.status === 404 || outcome.status === 405 ? 'Nothing was created. Check the base URL.' : 'Nothing was created. Check the account, then send it again.',
			};
		case 'canceled':
			return { message: 'Not sent: the run was stopped first.', hint: 'Send it again when you are ready.' };
		case 'outboxFull':
			return { message: `Not kept: ${outcome.cause.most.toLocaleString('en-US')} leads wait in the outbox, and it takes no more.`, hint: 'Mend what holds them back, or let the outbox keep more, then send the lead again.' };
		case 'notConfigured':
			return missing[outcome.cause.missing];
	}
};

const outcomeWords = (outcome: Outcome, issues: readonly string[]): Explanation => {
	switch (outcome.outcome) {
		case 'created':
			return { message: `Lead ${outcome.leadNumber ?? outcome.leadId} was created.`, hint: '' };
		case 'duplicate':
			return { message: sameLead(outcome.cause), hint: 'Nothing was sent.' };
		case 'invalid':
			if (outcome.cause.kind !== 'apiCheck') return { message: issues.join(' '), hint: '' };
			return {
				message: issues.length === 0 ? 'iCloud-Ready did not accept the lead and did not say why.' : `iCloud-Ready did not accept the lead: ${issues.map((text) => text.replace(/\.$/, '')).join('; ')}.`,
				hint: 'Correct it and send the lead again.',
			};
		case 'unauthorized':
			if (outcome.cause.kind === 'notSent') return { message: 'Not sent: the key was refused for an earlier lead.', hint: 'Mend the key, then send the rest.' };
			return {
				message: 'iCloud-Ready did not accept the API key.',
				hint: 'It may have expired. Create a new one there and paste it into the account.',
			};
		case 'forbidden':
			if (outcome.cause.kind === 'notSent') {
				return { message: 'Not sent: the key may not create leads for this organization, as an earlier lead showed.', hint: 'Mend the permission, then send the rest.' };
			}
			return { message: 'This key may not create leads.', hint: 'Give its role the permission Lead > Create, and check the organization ID.' };
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

export const english: Words = { issue, remedy, notice, outcome: outcomeWords };
