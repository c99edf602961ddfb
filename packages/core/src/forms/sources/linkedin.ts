import type { NoLead } from '../../lead/problems';
import { isRecord } from '../../text/json';
import type { Answer, Source, Submission } from '../answer';
import { isMarkedTest } from '../marked';
import { byValue } from '../match/byValue';
import { idOf, known, listOf, type Part, partOf, partsOf, textOf } from '../parts';

/** LinkedIn keeps words by locale; a form has one. */
const localized = (value: unknown): string | undefined =>
	textOf(value) ??
	Object.values(partOf(partOf(value).localized))
		.map(textOf)
		.find((text) => text !== undefined);

/** A choice is answered by ids, whose words stand with the question. */
const choices = (answer: Part, question: Part): readonly string[] => {
	const details = partOf(partOf(question.questionDetails).multipleChoiceQuestionDetails);
	return listOf(answer.options).map(
		(id) =>
			localized(partsOf(details.options).find((option) => idOf(option.id) === idOf(id))?.text) ?? textOf(id) ?? '',
	);
};

const valueOf = (details: Part, question: Part): unknown => {
	if (isRecord(details.textQuestionAnswer)) return details.textQuestionAnswer.answer;
	if (isRecord(details.multipleChoiceAnswer)) return choices(details.multipleChoiceAnswer, question);
	return Object.values(details)[0];
};

const answers = (form: Part, response: Part): readonly Answer[] => {
	const questions = new Map(
		partsOf(partOf(form.content).questions).map((question) => [textOf(question.questionId), question]),
	);
	return partsOf(response.answers).map((answer) => {
		const id = textOf(answer.questionId) ?? '';
		const question = partOf(questions.get(id));
		const label = localized(question.question) ?? textOf(question.name) ?? id;
		return {
			key: textOf(question.predefinedField) ?? label,
			label,
			value: valueOf(partOf(answer.answerDetails), question),
			from: `formResponse.${label}`,
		};
	});
};

const isResponse = (part: Part): boolean => isRecord(part.formResponse) && Array.isArray(part.formResponse.answers);
const isNotice = (part: Part): boolean =>
	typeof part.leadGenFormResponse === 'string' && part.leadGenFormResponse.startsWith('urn:li:');

/** Consents are asked apart; what was asked stands with the form. */
const consents = (form: Part, response: Part): readonly Answer[] => {
	const asked = partsOf(partOf(partOf(form.content).legalInfo).consents);
	return partsOf(response.consentResponses).map(({ consentId, accepted }) => {
		const id = idOf(consentId) ?? '';
		const words = localized(partOf(asked.find((each) => idOf(each.id ?? each.consentId) === id)).consent);
		return { key: words ?? `consent_${id}`, value: accepted, from: `consentResponses.${id}` };
	});
};

const submissionOf = (lead: Part, country: string): Submission => {
	const form = partOf(lead.form);
	const hidden = partsOf(form.hiddenFields).map(
		({ name, value }): Answer => ({ key: textOf(name) ?? '', value, from: `hiddenFields.${textOf(name) ?? ''}` }),
	);
	const campaign = partOf(
		partOf(
			partOf(lead.leadMetadataInfo ?? lead.leadMetadata).sponsoredLeadMetadataInfo ??
				partOf(lead.leadMetadata).sponsoredLeadMetadata,
		).campaign,
	);
	const id = idOf(lead.id);
	return {
		// Without the form its questions are ids.
		answers: [
			...byValue(answers(form, partOf(lead.formResponse)), country),
			...consents(form, partOf(lead.formResponse)),
			...hidden,
		],
		known: [
			{ field: 'leadSource', value: 'linkedin_ads', from: 'LinkedIn' },
			{ field: 'campaignName', value: textOf(campaign.name), from: 'campaign.name' },
		],
		extra: { formName: textOf(form.name), formId: idOf(form.id), campaignId: idOf(campaign.id), linkedinLeadId: id },
		...known(id),
	};
};

const testLead: NoLead = { kind: 'testLead', source: 'LinkedIn' };

/** LinkedIn lead gen forms: a response as the lead sync API gives it with its form, a page of them, or the bare notification. */
export const linkedin: Source = {
	name: 'LinkedIn',
	read: (payload, { defaultCountry }) => {
		const leads = isResponse(payload) ? [payload] : partsOf(payload.elements).filter(isResponse);
		if (leads.length > 0) {
			const [tests, real] = [leads.filter(isMarkedTest), leads.filter((lead) => !isMarkedTest(lead))];
			return {
				submissions: real.map((lead) => ({ ...submissionOf(lead, defaultCountry), part: lead })),
				problems: tests.map(() => testLead),
			};
		}
		if ([payload, ...partsOf(payload.notifications), ...partsOf(payload.elements)].some(isNotice)) {
			return { problem: { kind: 'onlyId', source: 'LinkedIn', id: 'form response ID' } };
		}
		return undefined;
	},
};
