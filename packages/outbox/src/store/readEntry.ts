import { type Entry, isEntryId, organizationOf } from './entry';
import { defaultPolicy, explain, fields, type FieldKind, outcomeKinds, outcomeOf } from '@icloud-ready/core';

type Json = Readonly<Record<string, unknown>>;

/** An entry as it was written, or what stands for one that cannot be read: as much as can, never to be sent. */
export type ReadEntry =
	| { readonly kind: 'entry'; readonly entry: Entry }
	| { readonly kind: 'unreadable'; readonly entry: Entry };

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => isNumber(value) && value >= 0;
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isNull = (value: unknown): boolean => value === null;
const isTrue = (value: unknown): boolean => value === true;
const isMissing = (value: unknown): boolean => value === undefined;
/** What a date can be made of. */
const isTime = (value: unknown): value is number => isNumber(value) && value >= 0 && value <= 8.64e15;
const oneOf =
	(values: readonly unknown[]) =>
	(value: unknown): boolean =>
		values.includes(value);
const either =
	(...checks: readonly ((value: unknown) => boolean)[]) =>
	(value: unknown): boolean =>
		checks.some((check) => check(value));
const shape =
	(checks: Readonly<Record<string, (value: unknown) => boolean>>) =>
	(value: unknown): boolean =>
		isJson(value) && Object.entries(checks).every(([name, check]) => check(value[name]));

const isFieldValue: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
	text: isText,
	longText: isText,
	email: isText,
	phone: isText,
	country: isText,
	choice: isText,
	json: isText,
	number: isNumber,
	boolean: (value) => typeof value === 'boolean',
	textList: isTexts,
	emailList: isTexts,
	phoneList: isTexts,
};

/** `undefined` where the way there is broken off by something that is no object. */
const at = (value: unknown, path: readonly string[]): { readonly value: unknown } | undefined => {
	const [name, ...rest] = path;
	if (name === undefined) return { value };
	if (value === undefined) return { value };
	return isJson(value) ? at(value[name], rest) : undefined;
};

/** A lead as the core makes it; what no catalog knows may be anything. */
export const isLead = (value: unknown): boolean =>
	isJson(value) &&
	isJson(value.leadInformation) &&
	isText(value.leadInformation.firstName) &&
	isText(value.leadInformation.phone) &&
	fields.every(({ path, kind }) => {
		const found = at(value, path.split('.'));
		return found !== undefined && (found.value === undefined || isFieldValue[kind](found.value));
	});

const isPolicy = (value: unknown): boolean =>
	isJson(value) &&
	Object.entries(value).every(
		([name, each]) =>
			!(name in defaultPolicy) || typeof each === typeof defaultPolicy[name as keyof typeof defaultPolicy],
	);

const isReply = shape({
	status: isNumber,
	contentType: either(isNull, isText),
	retryAfter: either(isNull, isText),
	body: isText,
});

const hasWords = (value: Json): boolean => {
	try {
		const { message, hint } = explain(value as never);
		return isText(message) && isText(hint);
	} catch {
		return false;
	}
};

/** An outcome as it is kept; `lead` is left out where it is the entry's own. */
export const isOutcome = (value: unknown): boolean =>
	shape({
		outcome: oneOf([...outcomeKinds.map(({ kind }) => kind), 'dryRun']),
		cause: shape({ kind: isText }),
		status: either(isNull, isNumber),
		leadId: either(isNull, isText),
		leadNumber: either(isNull, isNumber),
		lead: either(isMissing, isNull, isLead),
		issues: (issues) => Array.isArray(issues) && issues.every(shape({ field: isText, message: isText })),
		warnings: isTexts,
		attempts: isCount,
		waitedMs: isCount,
		reply: either(isMissing, isReply),
	})(value) &&
	isJson(value) &&
	(value.outcome !== 'created' || isJson(value.answer)) &&
	hasWords({ lead: null, ...value });

const isEntry = shape({
	id: isText,
	arrivedAtMs: isTime,
	lead: isLead,
	warnings: isTexts,
	key: shape({ by: oneOf(['phone', 'email', 'phoneAndCampaign', 'submission']), value: isText, text: isText }),
	organizationId: isText,
	policy: isPolicy,
	origin: shape({ nodeId: isText, message: isJson }),
	submissionKey: either(isMissing, isText),
	outcome: either(isNull, isOutcome),
	forbidden: either(isMissing, shape({ times: isCount, lastAtMs: isNumber })),
	resend: either(isMissing, isTrue),
	againAtMs: either(isMissing, isTime),
	idempotencyKey: either(isMissing, isText),
	generation: either(isMissing, isCount),
	sentTo: either(isMissing, isText),
	resolved: either(isMissing, oneOf(['arrived', 'discarded'])),
	endedAtMs: either(isMissing, isNumber),
	unreadable: either(isMissing, isTrue),
});

/** An ended lead is its outcome's lead as well, and is written once. */
export const entryText = (entry: Entry): string =>
	JSON.stringify(
		entry.outcome === null || entry.outcome.lead !== entry.lead
			? entry
			: { ...entry, outcome: { ...entry.outcome, lead: undefined } },
	);

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** The first text of this name, in what need not be JSON as a whole. */
const textIn = (text: string, name: string): string | undefined => {
	const found = new RegExp(`"${name}":("(?:[^"\\\\]|\\\\.)*")`).exec(text)?.[1];
	const value = found === undefined ? undefined : parsed(found);
	return isText(value) ? value : undefined;
};

/** Beyond this nothing is looked for: an entry is some kB. */
const mostLookedThrough = 100_000;

/** By what people know a lead, in the text of an entry or in what it was read as. */
export const personIn = (text: string, value: unknown): Entry['lead']['leadInformation'] => {
	const person = at(value, ['lead', 'leadInformation'])?.value;
	const of = (name: string): string | undefined => {
		if (!isJson(value)) return textIn(text.slice(0, mostLookedThrough), name);
		const each = isJson(person) ? person[name] : undefined;
		return isText(each) || isNumber(each) ? String(each) : undefined;
	};
	const [lastName, email] = [of('lastName'), of('email')];
	return {
		firstName: of('firstName') ?? '',
		phone: of('phone') ?? '',
		...(lastName === undefined ? {} : { lastName }),
		...(email === undefined ? {} : { email }),
	};
};

const standIn = (id: string, text: string): Entry => {
	const value = parsed(text);
	const part = (name: string): unknown => (isJson(value) ? value[name] : undefined);
	const lead = isLead(part('lead')) ? (part('lead') as Entry['lead']) : { leadInformation: personIn(text, value) };
	const isKnown = lead.leadInformation.phone !== '' || lead.leadInformation.firstName !== '';
	const message = at(part('origin'), ['message'])?.value;
	const nodeId = isJson(value)
		? at(value.origin, ['nodeId'])?.value
		: textIn(text.slice(0, mostLookedThrough), 'nodeId');
	const [arrivedAtMs, submissionKey, endedAtMs] = [part('arrivedAtMs'), part('submissionKey'), part('endedAtMs')];
	return {
		id,
		lead,
		arrivedAtMs: isTime(arrivedAtMs) ? arrivedAtMs : 0,
		warnings: [],
		key: { by: 'phone', value: lead.leadInformation.phone, text: '' },
		policy: {},
		organizationId: isEntryId(id) ? organizationOf(id) : '',
		origin: { nodeId: isText(nodeId) ? nodeId : '', message: isJson(message) ? message : {} },
		...(isText(submissionKey) ? { submissionKey } : {}),
		...(isTime(endedAtMs) ? { endedAtMs } : {}),
		outcome: outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadableEntry' } }, { lead: isKnown ? lead : null }),
		unreadable: true,
	};
};

/** What a store holds under an id, whatever it is. Never throws; `undefined`: its bytes cannot be had at all. */
export const readEntry = (id: string, text: string | undefined): ReadEntry => {
	const value = text === undefined ? undefined : parsed(text);
	if (isJson(value)) {
		const { outcome, lead } = value;
		const whole = isJson(outcome) && !('lead' in outcome) ? { ...value, outcome: { ...outcome, lead } } : value;
		if (value.id === id && isEntryId(id) && value.organizationId === organizationOf(id) && isEntry(whole))
			return { kind: 'entry', entry: whole as unknown as Entry };
	}
	return { kind: 'unreadable', entry: standIn(id, text ?? '') };
};
