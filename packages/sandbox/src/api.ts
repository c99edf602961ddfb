import {
	createdAnswer,
	decide,
	elsewherePath,
	errorAnswer,
	headerText,
	nothing,
	type Answer,
	type Decision,
} from './answers';
import { maxBodyBytes } from './bounds';
import { cutConnection, waitUnlessGone, type Delay } from './connection';
import type { LeadBody } from './leadBody';
import { followScript, type ScriptedAnswer } from './script';
import type { Call, Store } from './store';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const leadsPath = '/api/v2/leads';

/** What the API's routes need of the running sandbox. */
export interface ApiHost {
	readonly store: Store;
	readonly now: () => number;
	readonly delay: Delay;
	readonly latencyMs: number;
	readonly takeTurn: () => number;
	readonly nextScripted: () => ScriptedAnswer | undefined;
	/** Keeps a lead for good, or rejects. */
	readonly saveLead: (json: string) => Promise<void> | null;
	/** Tells of a call that is new, or whose progress changed. */
	readonly announce: (call: Call) => void;
	readonly notice: (text: string) => void;
}

/** What each request brings along: Node's own request and answer. */
export interface NodeEnv {
	Bindings: HttpBindings;
}
type ApiContext = Context<NodeEnv>;

interface Created {
	readonly answer: Answer;
	readonly leadNumber: number | null;
}

/** Adds the API's routes; what no other route of the app takes is a 404 as the API would give it. */
export function addApi(app: Hono<NodeEnv>, host: ApiHost): void {
	const { store } = host;

	const record = (
		c: ApiContext,
		body: string,
		decision: Decision,
		{ answer, leadNumber }: { answer: Answer | null; leadNumber: number | null },
	): Call => {
		const { method = '', url = '', headers } = c.env.incoming;
		const silent = decision.cut === 'silent';
		return store.recordCall({
			atMs: host.now(),
			method,
			path: url,
			headers,
			body,
			key: headerText(headers['x-api-key']) || null,
			status: silent ? null : (answer?.status ?? null),
			answer: silent ? null : answer,
			leadNumber,
			unknownPaths: decision.unknownPaths,
			progress: decision.cut ? 'cut' : decision.delayMs > 0 ? 'waiting' : 'answered',
		});
	};

	const createLead = async ({ create, organizationId }: Decision): Promise<Created | null> => {
		if (create === null) return null;
		const lead: LeadBody = store.nextLead(create, organizationId, host.now());
		const json = JSON.stringify(lead);
		try {
			const saving = host.saveLead(json);
			if (saving) await saving;
		} catch (error) {
			host.notice(
				`Lead ${lead.leadNumber} could not be written to the file (${codeOf(error)}), so it was not created. The caller got a 500.`,
			);
			return { answer: errorAnswer(500, 'The lead could not be stored'), leadNumber: null };
		}
		store.keepLead(lead, json.length);
		return { answer: createdAnswer(json), leadNumber: lead.leadNumber };
	};

	const perform = async (c: ApiContext, body: string, decision: Decision): Promise<Response> => {
		const created = await createLead(decision);
		const answer = decision.answer ?? created?.answer ?? null;
		const call = record(c, body, decision, { answer, leadNumber: created?.leadNumber ?? null });
		host.announce(call);
		if (decision.delayMs > 0) {
			const gone = await waitUnlessGone(decision.delayMs, c.env.outgoing, host.delay);
			call.progress = gone ? 'gone' : decision.cut ? 'cut' : 'answered';
			host.announce(call);
			if (gone) return RESPONSE_ALREADY_SENT;
		}
		if (decision.cut || answer === null)
			return cutConnection(c.env.outgoing, decision.cut === 'midBody' ? answer : null);
		return send(c, answer);
	};

	const answerAtOnce = (c: ApiContext, body: string, answer: Answer): Promise<Response> =>
		perform(c, body, { ...nothing, answer });

	const countBytes = bodyLimit({
		maxSize: maxBodyBytes,
		onError: (c) => answerAtOnce(c as ApiContext, '', errorAnswer(413, 'The request body is larger than 1 MB')),
	});

	app.post(
		leadsPath,
		// Counting makes a whole web request of the call, which costs more than all the rest; most calls say their length.
		(c, next) => (saysItFits(c.env.incoming) ? next() : countBytes(c, next)),
		async (c) => {
			const body = await c.req.text();
			const ordinary = (): Decision =>
				decide({ headers: c.env.incoming.headers, body, origin: new URL(c.req.url).origin }, host.takeTurn);
			const scripted = host.nextScripted();
			const decision = scripted ? followScript(scripted, ordinary) : ordinary();
			return perform(c, body, { ...decision, delayMs: decision.delayMs + host.latencyMs });
		},
	);

	app.all(leadsPath, (c) =>
		answerAtOnce(c, '', errorAnswer(405, `Cannot ${c.req.method} ${leadsPath}`, { allow: 'POST' })),
	);
	app.all(elsewherePath, (c) => answerAtOnce(c, '', errorAnswer(200, 'A redirect was followed to here')));
	app.notFound((c) => answerAtOnce(c, '', errorAnswer(404, `Cannot ${c.req.method} ${c.req.path}`)));
	app.onError((error, c) => {
		// The caller went away while it was sending: nobody is left to answer.
		if (c.env.incoming.destroyed) return RESPONSE_ALREADY_SENT;
		host.notice(`A call could not be answered (${error.name}). The caller got a 500.`);
		return send(c, errorAnswer(500, 'The sandbox could not answer this call'));
	});
}

/** A code such as ENOSPC; never the error's text, which may hold a path. */
const codeOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';

const saysItFits = ({ headers }: HttpBindings['incoming']): boolean =>
	Number(headers['content-length'] ?? Infinity) <= maxBodyBytes;

function send(c: ApiContext, { status, headers, body }: Answer): Response {
	const hasBody = body !== '' && status !== 204 && status !== 205 && status !== 304;
	return c.newResponse(hasBody ? body : null, status as ContentfulStatusCode, headers as Record<string, string>);
}
