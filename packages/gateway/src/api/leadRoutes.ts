import type { Account, Credentials, Secrets } from '../leads/accounts';
import type { PutResult } from '../leads/leadQueue';
import type { DuplicateChoice, Submission } from '../leads/submittedLead';
import { bodyText } from './bodyText';
import { letPass } from '@icloud-ready/http/letPass';
import { createWaiting, type WaitingHost } from './longPoll';
import { refusals } from './messages';
import { type GatewayContext, type NodeEnv, send } from './nodeEnv';
import { type Known, readCaller, readLead, waitSecondsOf } from './readRequest';
import { type Answer, standingAnswer, tryLater, wordsAnswer } from './responses';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** What the routes for leads need of the running gateway. */
export interface LeadsHost extends WaitingHost {
	readonly secrets: Secrets;
	readonly duplicateKey: DuplicateChoice;
	readonly waitSeconds: number;
	/** A lead was not kept. */
	readonly onUnkept: (why: Exclude<PutResult['kind'], 'kept'>) => void;
	/** Passes on what certainly is no lead, and keeps nothing. */
	readonly passOn: (credentials: Credentials, account: Account, body: string) => Promise<Answer>;
}

export const basePath = '/api/v2';
const pathOf = (id: string): string => `${basePath}/leads/${id}`;
const mostBodyBytes = 1024 * 1024;

const header = (c: GatewayContext, name: string): string | undefined => {
	const value = c.env.incoming.headers[name];
	return Array.isArray(value) ? value[0] : value;
};

/** Node makes one text of a header that came twice, which would be another key or organization. */
const isTwice = (c: GatewayContext): boolean => {
	const distinct: NodeJS.Dict<string[]> = c.env.incoming.headersDistinct ?? {};
	return ['x-api-key', 'organizationid', 'idempotency-key'].some((name) => (distinct[name]?.length ?? 0) > 1);
};
const refusedCaller = { kind: 'refused', answer: wordsAnswer(400, refusals.twice) } as const;

const replayed = { 'idempotent-replayed': 'true' } as const;

const unkept = (put: Exclude<PutResult, { kind: 'kept' }>): Answer => {
	switch (put.kind) {
		case 'otherBody':
			return wordsAnswer(422, refusals.otherBody, { 'x-gateway-lead': put.id, ...replayed });
		case 'full':
		case 'keyFull':
		case 'unverifiedFull':
		case 'unwritten':
			return tryLater(refusals[put.kind]);
		case 'unknown':
			return wordsAnswer(504, refusals.unknown, { 'x-gateway-lead': put.id });
	}
};

/** Adds what gives leads and asks for them. */
export const addLeads = (app: Hono<NodeEnv>, host: LeadsHost): void => {
	const { queue, secrets, stopping } = host;
	const endOf = createWaiting(host);

	/** What is to be said of a lead once it has ended, or after so long; undefined where there is no such lead. */
	const answerWithin = async (
		waitSeconds: number,
		c: GatewayContext,
		{ account }: Known,
		id: string,
		isNew = false,
	): Promise<Answer | undefined> => {
		const state = await endOf(c.env.outgoing, account, id, waitSeconds * 1000, isNew);
		return state === undefined ? undefined : standingAnswer(state, id, pathOf(id));
	};

	const keep = async (c: GatewayContext, known: Known, given: Submission): Promise<Answer> => {
		const put = await queue.put(given);
		if (put.kind !== 'kept') {
			host.onUnkept(put.kind);
			return unkept(put);
		}
		const { id, isReplay, isHere = false } = put;
		const waitSeconds = waitSecondsOf(header(c, 'prefer'), host.waitSeconds);
		// It is kept, whatever befalls the store from here on.
		const answer = await answerWithin(waitSeconds, c, known, id, isHere).catch(() =>
			standingAnswer({ kind: 'waiting', why: 'disk' }, id, pathOf(id)),
		);
		return {
			...(answer ?? wordsAnswer(504, refusals.unknown)),
			...(isReplay ? { headers: { ...answer?.headers, ...replayed } } : {}),
		};
	};

	const caller = (c: GatewayContext): ReturnType<typeof readCaller> =>
		isTwice(c)
			? refusedCaller
			: readCaller(
					{ apiKey: header(c, 'x-api-key') ?? '', organizationId: header(c, 'organizationid') ?? '' },
					secrets,
				);
	const tooLong = (c: Context): Response => send(c, wordsAnswer(413, refusals.tooLong));
	const countBytes = bodyLimit({ maxSize: mostBodyBytes, onError: tooLong });

	app.post(
		`${basePath}/leads`,
		async (c, next) => {
			const said = header(c, 'content-length');
			// Counting makes a whole web request of the call, which costs more than all the rest; most calls say their length.
			if (said === undefined) return await countBytes(c, next);
			if (Number(said) > mostBodyBytes) {
				await letPass(c.env.incoming);
				return tooLong(c);
			}
			return await next();
		},
		async (c) => {
			if (stopping.aborted) return send(c, tryLater(refusals.stopping));
			const known = caller(c);
			if (known.kind === 'refused') return send(c, known.answer);
			const body = bodyText(
				new Uint8Array(await c.req.arrayBuffer()),
				header(c, 'content-type'),
				header(c, 'content-encoding'),
			);
			if (body.kind !== 'text')
				return send(
					c,
					body.kind === 'bytes' ? wordsAnswer(400, refusals.notText) : wordsAnswer(415, refusals[body.kind]),
				);
			const reading = readLead(known, body.text, header(c, 'idempotency-key'), host.duplicateKey, secrets);
			switch (reading.kind) {
				case 'refused':
					return send(c, reading.answer);
				case 'noLead':
					return send(c, await host.passOn(known.credentials, known.account, reading.body));
				case 'lead':
					return send(c, await keep(c, known, reading.given));
			}
		},
	);

	for (const path of [`${basePath}/leads/:id`, '/leads/:id']) {
		app.get(path, async (c) => {
			const known = caller(c);
			if (known.kind === 'refused') return send(c, known.answer);
			// Whoever asks wants to know how it stands, unless told otherwise.
			const prefer = header(c, 'prefer');
			const waitSeconds = prefer === undefined ? 0 : waitSecondsOf(prefer, host.waitSeconds);
			const answer = answerWithin(waitSeconds, c, known, c.req.param('id') ?? '');
			// 404 would tell that it is forgotten for good.
			return send(
				c,
				(await answer.catch(() => tryLater(refusals.unreadable))) ?? wordsAnswer(404, refusals.noSuchLead),
			);
		});
	}
	app.all(`${basePath}/leads`, (c) => send(c, wordsAnswer(405, refusals.notFound, { allow: 'POST' })));
	app.notFound((c) => send(c, wordsAnswer(404, refusals.notFound)));
};
