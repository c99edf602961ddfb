import { fieldAt } from '../catalog/fields';
import type { Outcome } from '../outcome/outcome';
import { sentencesOf } from './wordedOutcome';
import { explain } from './words';

/** What an agent asks the person for, where a field is missing or wrong. */
const askFor: Readonly<Record<string, string>> = {
	'leadInformation.phone': 'a phone number with its country code, such as +20 100 123 4567',
	'leadInformation.firstName': 'their name',
	'leadInformation.email': 'an email address',
};

const askedOf = (path: string): string => askFor[path] ?? `another value for ${fieldAt(path)?.label ?? path}`;

/** What is next, said to an agent that talks with the person and can change nothing of the account. */
const next = (outcome: Outcome): string => {
	switch (outcome.outcome) {
		case 'created':
		case 'dryRun':
			return '';
		case 'duplicate':
			return 'Do not create it again.';
		case 'invalid': {
			const paths = [...new Set(outcome.issues.map(({ field }) => field))].filter((path) => path !== '');
			return paths.length === 0
				? 'Ask the person for what is missing, then call this tool again.'
				: `Ask the person for ${paths.map(askedOf).join(' and ')}, then call this tool again.`;
		}
		case 'unconfirmed':
			return 'It may exist, so do not call this tool again for this person. Say that someone will check whether it was saved.';
		case 'rateLimited':
			return 'Nothing was created. Say that it could not be saved just now, and try again later.';
		case 'unauthorized':
		case 'forbidden':
		case 'failed':
			return 'Nothing was created. Say that it could not be saved, and that the owner of this workflow needs to check its iCloud-Ready account.';
	}
};

/**
 * An outcome as an agent is told it, in English: what happened, then what the agent is to do. `isRecalled`: the lead ended so in an
 * earlier call, and nothing was sent in this one.
 */
export const agentText = (outcome: Outcome, isRecalled = false): string => {
	const { message } = explain(outcome);
	if (outcome.outcome !== 'created' || !isRecalled) return sentencesOf({ message, hint: next(outcome) });
	const name = outcome.leadNumber === null ? 'This lead' : `Lead ${outcome.leadNumber}`;
	return `${name} was already created by an earlier call for this person. Nothing was sent this time.`;
};
