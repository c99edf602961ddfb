import type { EndedLead } from '../calls/pendingCall';
import type { LeadFormSettings } from '../config/leadFormSettings';
import type { LeadEnd } from '../config/replyStatus';
import { type Answer, redirectTo } from './answer';
import { pageHtml } from './page';
import { pageWords } from './pageWords';
import { visitorFields } from './visitorFields';
import { explain, isRecord, type Language } from '@icloud-ready/core';

interface Visit {
	readonly settings: Pick<LeadFormSettings, 'browser' | 'redirect' | 'ownerNotes'>;
	readonly language: Language;
	readonly payload: unknown;
	/** The status that a platform would get. */
	readonly status: number;
	readonly leads: readonly EndedLead[];
}

const isDone = (end: LeadEnd): boolean => end !== 'invalid' && end !== 'unconfirmed';

/** As the lead has it, else as it was typed. */
const firstNameOf = (payload: unknown, leads: readonly EndedLead[]): string => {
	const typed =
		isRecord(payload) && typeof payload.firstName === 'string' ? payload.firstName.trim().slice(0, 100) : '';
	return leads[0]?.outcome?.lead?.leadInformation.firstName ?? typed;
};

/** The page of a form that nobody has sent yet. */
export const emptyForm = (language: Language): Answer => pageOf(200, language, '', true, {}, [], '');

const pageOf = (
	status: number,
	language: Language,
	sentence: string,
	isGood: boolean,
	payload: unknown,
	leads: readonly EndedLead[],
	owner: string,
): Answer => {
	const { fields, elsewhere } =
		status === 200 && sentence !== ''
			? { fields: [], elsewhere: [] }
			: visitorFields(payload, leads, pageWords[language].message, language);
	return {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
		},
		body: pageHtml({ language, sentence, isGood, fields, elsewhere, owner }),
	};
};

/**
 * What a browser gets: thanks or another page where it is safe, the form again with what was typed where something is
 * wrong in it, and where it could not be sent now.
 */
export const visitorAnswer = ({ settings, language, payload, status, leads }: Visit): Answer => {
	const words = pageWords[language];
	const owner = settings.ownerNotes
		? leads
				.flatMap(({ outcome }) => (outcome === undefined ? [] : [explain(outcome, language)]))
				.map(({ message, hint }) => `${message} ${hint}`)
				.join(' ')
		: '';
	if (leads.some(({ end }) => end === 'invalid') && !leads.some(({ end }) => isDone(end)))
		return pageOf(400, language, words.correct, false, payload, leads, owner);
	if (status !== 200) return pageOf(status, language, words.later, false, payload, [], owner);
	if (settings.browser === 'redirect' && settings.redirect !== '') return redirectTo(settings.redirect);
	const isCertain = leads.every(({ end }) => end !== 'unconfirmed');
	return pageOf(
		200,
		language,
		(isCertain ? words.thanks : words.maybe)(firstNameOf(payload, leads)),
		isCertain,
		payload,
		leads,
		owner,
	);
};
