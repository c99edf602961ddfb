import type { Problem } from '../../lead/problems';
import { normalizeKey } from '../../text/text';
import { countryName } from '../../values/country';

/** What keeps a draft from being a lead, as a sentence. */
export const issue = (label: string, problem: Problem): string => {
	switch (problem.kind) {
		case 'missing':
			return `${label} is missing.`;
		case 'notEvaluated':
			return `The value of ${label} could not be worked out.`;
		case 'notText':
			return `${label} must be text, not ${{ list: 'a list', object: 'a group of values', boolean: 'true or false' }[problem.found]}.`;
		case 'notANumber':
			return `${label} must be a number, and "${problem.value}" is not one.`;
		case 'notYesOrNo':
			return `${label} must be true or false, and "${problem.value}" is neither.`;
		case 'notAList':
			return `${label} must be a list, or text separated by commas.`;
		case 'notAnObject':
			return `${label} must be names with a value each.`;
		case 'notAnEmail':
			return `${label} "${problem.value}" is not an email address.`;
		case 'notAPhone':
			return `${label} "${problem.value}" is not a valid phone number, neither in ${countryName(problem.country, 'en')} nor with a country code.`;
		case 'phoneLostDigits':
			return `${label} "${problem.value}" was shortened by a spreadsheet, so its digits are lost.`;
		case 'unknownKey':
			return `"${problem.key}" is not a field. Did you mean "${problem.didYouMean}"?`;
		case 'notALead':
			return `A lead must be an object with fields, and this is ${problem.found}.`;
		case 'fetchFirst':
			return 'This message holds only the ID of a lead, not the lead itself.';
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
			return `Give ${label} as names with a value each, for example { "city": "Cairo" }.`;
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
