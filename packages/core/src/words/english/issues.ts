import type { Problem } from '../../lead/problems';
import { normalizeKey } from '../../text/text';
import { countryName } from '../../values/country';

/** What keeps a draft from being a lead, as a sentence. */
export const issue = (label: string, problem: Problem): string => {
	switch (problem.kind) {
		case 'missing':
			return `${label} is missing.`;
		case 'notEvaluated':
			return `The value of ${label} could not be evaluated.`;
		case 'notText':
			return `${label} must be text, not ${{ list: 'a list', object: 'an object', boolean: 'true or false' }[problem.found]}.`;
		case 'notANumber':
			return `${label} must be a number, and "${problem.value}" is not one.`;
		case 'notYesOrNo':
			return `${label} must be true or false, and "${problem.value}" is neither.`;
		case 'notAList':
			return `${label} must be a list, or text separated by commas.`;
		case 'notAnObject':
			return `${label} must be name-value pairs.`;
		case 'notAnEmail':
			return `${label} "${problem.value}" is not an email address.`;
		case 'notAPhone':
			return `${label} "${problem.value}" is not a valid phone number in ${countryName(problem.country, 'en')}, nor an international one.`;
		case 'phoneLostDigits':
			return `${label} "${problem.value}" was shortened by a spreadsheet, so some digits are lost.`;
		case 'unknownKey':
			return `"${problem.key}" is not a field. Did you mean "${problem.didYouMean}"?`;
		case 'notALead':
			return `A lead must be an object with fields, but this is ${problem.found}.`;
		case 'fetchFirst':
			return 'This message contains only the ID of a lead, not the lead itself.';
		case 'api':
			return label === '' || normalizeKey(problem.text).includes(normalizeKey(label))
				? problem.text
				: `${label}: ${problem.text}`;
	}
};

/** What to do about it. */
export const remedy = (label: string, problem: Problem): string => {
	switch (problem.kind) {
		case 'missing':
			return `Fill in ${label}, or map it to the form field that holds it.`;
		case 'notEvaluated':
			return `Open the node and check the expression of ${label}.`;
		case 'notText':
			return `Map ${label} to a single value of the form.`;
		case 'notANumber':
			return `Write ${label} as digits only, for example 2500000.`;
		case 'notYesOrNo':
			return `Use true, false, yes or no for ${label}.`;
		case 'notAList':
			return 'Write it as villa, garden or ["villa", "garden"].';
		case 'notAnObject':
			return `Write ${label} as name-value pairs, for example { "city": "Cairo" }.`;
		case 'notAnEmail':
			return `Correct ${label}, or leave it empty.`;
		case 'notAPhone':
			return `Check the number, add its country code (such as +20), or set Default Country to the country of your leads.`;
		case 'phoneLostDigits':
			return 'Format the column as Text in the spreadsheet, then enter the number again.';
		case 'unknownKey':
			return `Rename it to "${problem.didYouMean}", or remove it.`;
		case 'notALead':
			return 'Send the lead as fields, for example { "firstName": "Ahmed", "phone": "+201001234567" }.';
		case 'fetchFirst':
			return 'Fetch the lead by its ID first, then pass it on to this node.';
		case 'api':
			return 'Correct it, then send the lead again.';
	}
};
