import { type InboxContext, json, languageIn, wordsIn } from './answers';
import { correctedLeadOf, givenOf } from './correctedLead';
import type { InboxHost } from './host';
import { actionOf, isSameOrigin } from './request';
import { correctionOf, readCorrection } from '@icloud-ready/outbox/view/correction';
import { listWords } from '@icloud-ready/outbox/view/listWords';
import { bulkActionOf } from '@icloud-ready/outbox/view/bulkActionBody';

/** What changes something: only for a page of this very address, with a body that can be understood. */
const changing = async <Wanted>(
	c: InboxContext,
	read: (body: unknown) => Wanted | undefined,
	work: (wanted: Wanted) => Promise<Response>,
): Promise<Response> => {
	if (!isSameOrigin((name) => c.req.header(name))) return json(403, { message: wordsIn(c).signIn.foreign });
	const wanted = read(await c.req.json().catch(() => undefined));
	return wanted === undefined ? json(400, { message: wordsIn(c).problem.asked }) : await work(wanted);
};

export const act = async (c: InboxContext, { queue, log }: InboxHost): Promise<Response> =>
	await changing(c, actionOf, async ({ action, id }) => {
		const done = await queue[action](id);
		if (done) log.inbox(action, id);
		return json(200, { done });
	});

/** A part of a bulk action: once more with the same name, it is not done twice. */
export const actOnPart = async (c: InboxContext, { queue, log }: InboxHost): Promise<Response> =>
	await changing(c, bulkActionOf, async ({ action, ids, bulkId }) => {
		const each = [...new Set(ids)];
		const done = await Promise.all(each.map(async (id) => await queue[action](id, bulkId)));
		for (const [at, id] of each.entries()) if (done[at] === true) log.inbox(action, id);
		return json(200, { done: done.filter(Boolean).length });
	});

/** What the core's checks say of a correction while somebody types it. */
export const check = async (c: InboxContext, { queue }: InboxHost): Promise<Response> =>
	await changing(c, correctionOf, async ({ id, values }) => {
		const detail = await queue.find(id);
		if (detail === undefined) return json(404, { message: wordsIn(c).problem.gone });
		const { issues, warnings } = readCorrection(givenOf(detail), values, languageIn(c));
		return json(200, { issues, warnings });
	});

export const correct = async (c: InboxContext, { queue, log }: InboxHost): Promise<Response> =>
	await changing(c, correctionOf, async ({ id, values }) => {
		const detail = await queue.find(id);
		if (detail === undefined) return json(404, { message: wordsIn(c).problem.gone });
		const { issues, warnings, lead } = readCorrection(givenOf(detail), values, languageIn(c));
		if (lead === undefined) return json(200, { done: false, issues, warnings });
		const result = await queue.correct(id, correctedLeadOf(lead));
		if (result.kind === 'full') return json(503, { message: listWords[languageIn(c)].correct.full });
		if (result.kind === 'notThere') return json(200, { done: false, issues: [], warnings });
		log.inbox('corrected', id);
		return json(200, { done: true, id: result.id, issues: [], warnings });
	});
