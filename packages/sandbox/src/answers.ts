import { checkLead, parseBody, type AcceptedLead } from './check';
import { keyRule, readScenario, type Effect } from './scenarios';
import { STATUS_CODES, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** Where a connection is cut: without a word, or in the middle of the answer's body. */
export type Cut = 'silent' | 'midBody';

/** What to do about one request to create a lead. */
export interface Decision {
	/** The lead to create, or null. */
	readonly create: AcceptedLead | null;
	readonly organizationId: string;
	/** Null: the created lead is the answer. */
	readonly answer: Answer | null;
	readonly cut: Cut | null;
	readonly delayMs: number;
	/** Properties of the request that the guide does not name. */
	readonly unknownPaths: readonly string[];
}

export interface Received {
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** Where the caller reached us, for example `http://127.0.0.1:4010`. */
	readonly origin: string;
}

const json = { 'content-type': 'application/json; charset=utf-8' } as const;

export const nothing: Decision = {
	create: null,
	organizationId: '',
	answer: null,
	cut: null,
	delayMs: 0,
	unknownPaths: [],
};

/** An error answer in the API's shape; `message` is one sentence, or a list where several things are wrong. */
export function errorAnswer(
	status: number,
	message: string | readonly string[],
	headers: Readonly<Record<string, string>> = {},
): Answer {
	const body = JSON.stringify({ statusCode: status, message, error: STATUS_CODES[status] ?? 'Error' });
	return { status, headers: { ...json, ...headers }, body };
}

export const createdAnswer = (body: string): Answer => ({ status: 201, headers: json, body });

const refuse = (...error: Parameters<typeof errorAnswer>): Decision => ({ ...nothing, answer: errorAnswer(...error) });

export const headerText = (value: string | readonly string[] | undefined): string =>
	(typeof value === 'string' ? value : (value?.[0] ?? '')).trim();

/**
 * Decides one request in the order key, permission, limit, body. `takeTurn` is asked only for the limited key and
 * says how many ms to wait, 0 for none.
 */
export function decide(received: Received, takeTurn: () => number): Decision {
	const key = headerText(received.headers['x-api-key']);
	if (key === '') return refuse(401, 'The x-api-key header is missing');
	const rule = keyRule(key);
	if (rule === null) return refuse(401, 'Invalid API key');
	if (rule === 'expired') return refuse(401, 'The API key has expired');
	if (rule === 'readOnly') return refuse(403, 'Missing permission: Lead > Create');

	const waitMs = rule === 'limited' ? takeTurn() : 0;
	if (waitMs > 0) return refuse(429, 'Too many requests', { 'retry-after': String(Math.ceil(waitMs / 1000)) });

	return decideBody(received);
}

function decideBody({ headers, body, origin }: Received): Decision {
	const organizationId = headerText(headers['organizationid']);
	if (organizationId === '') return refuse(400, 'The organizationId header is required');
	if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
		return refuse(400, 'Content-Type must be application/json');
	const parsed = parseBody(body);
	if (!parsed.ok) return refuse(400, parsed.message);
	const check = checkLead(parsed.body);
	if (!check.ok) return refuse(400, check.messages);

	const accepted = { ...nothing, organizationId, create: check.lead, unknownPaths: check.unknownPaths };
	const reading = readScenario(check.lead.leadInformation.email);
	switch (reading.kind) {
		case 'none':
			return accepted;
		case 'malformed':
			return refuse(400, [`leadInformation.email is no scenario of the sandbox. ${reading.does}`]);
		case 'effect':
			return applyEffect(reading.effect, accepted, origin);
	}
}

function applyEffect(effect: Effect, accepted: Decision, origin: string): Decision {
	switch (effect.kind) {
		case 'lost':
			return { ...accepted, cut: 'silent' };
		case 'cut':
			return { ...nothing, cut: 'silent' };
		case 'slow':
			return { ...accepted, delayMs: effect.delayMs };
		case 'redirect':
			return { ...nothing, answer: { status: 307, headers: { location: `${origin}${elsewherePath}` }, body: '' } };
		case 'html':
			return {
				...nothing,
				answer: { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: wrongPage },
			};
		case 'status': {
			// A 429 always says when to come back; the guide's other errors do not.
			const headers: Record<string, string> = effect.status === 429 ? { 'retry-after': '1' } : {};
			return refuse(effect.status, `The sandbox was asked for ${effect.status}`, headers);
		}
	}
}

/** The address the redirect leads to. Nobody who holds a key should come here. */
export const elsewherePath = '/elsewhere';

const wrongPage = '<!doctype html><html lang="en"><title>Welcome</title><p>This is a web page, not the API.</p></html>';
