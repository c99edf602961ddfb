import { type Lead, messagesOf, type Outcome } from '@icloud-ready/core';

const gather = (value: unknown, into: string[]): void => {
	if (typeof value === 'string') into.push(value);
	else if (typeof value === 'number') into.push(String(value));
	else if (typeof value === 'object' && value !== null)
		for (const each of Object.values(value as Readonly<Record<string, unknown>>)) gather(each, into);
};

/**
 * What a lead is found by, in lower case: all that stands in it, so that a first name is followed by the last one, and what
 * was said of it in both languages.
 */
export const searchedText = (lead: Lead, outcome: Outcome | null): string => {
	const parts: string[] = [];
	const { firstName, lastName, ...others } = lead.leadInformation;
	gather([firstName, lastName, others, { ...lead, leadInformation: undefined }], parts);
	if (outcome !== null) parts.push(...messagesOf(outcome));
	return parts.join(' ').toLowerCase();
};

/** Whether a lead or what was said of it holds a text, which is in lower case. */
export const holdsText = (lead: Lead, outcome: Outcome | null, text: string): boolean =>
	searchedText(lead, outcome).includes(text);
