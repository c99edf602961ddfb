import { asText } from '../config/values';
import { languageOf } from '../message/language';
import type { QueuedLead } from '../outbox/queuedLead';
import { type Opened, openedOf, refuse, type Refusal, unusable } from './openedOutbox';
import { type Lead, policyOf } from '@icloud-ready/core';
import { type Entry, isEntryId, type Outbox } from '@icloud-ready/outbox';
import type { CorrectionAnswer } from '@icloud-ready/outbox/view/correcting';
import { correctionForm, correctionOf, type FormField, readCorrection } from '@icloud-ready/outbox/view/correction';
import type { NodeAPI } from 'node-red';

/** The fields of a lead to be corrected. */
export interface FormAnswer {
	readonly form: readonly FormField[];
}

const notUnderstood: Refusal = {
	status: 400,
	message: 'This is not a correction of a lead. Reload the editor, then try again.',
};
const notThere: Refusal = { status: 404, message: 'This lead is no longer kept.' };
const full: Refusal = {
	status: 503,
	message: 'The outbox is full, so the corrected lead was not kept. Try again once some leads have been sent.',
};

const givenOf = ({ payload }: Entry<QueuedLead>): unknown => payload.draft ?? payload.lead;

const find = async (outbox: Outbox<QueuedLead>, id: string): Promise<Entry<QueuedLead> | undefined> =>
	isEntryId(id) ? (await outbox.find(id))?.entry : undefined;

/** What the new lead carries: delivered as its node had wanted the first, and told to that node. Undefined where it is none. */
const payloadOf = (
	{ partition, payload: { draft: _, policy, origin } }: Entry<QueuedLead>,
	lead: Lead,
	{ account }: Opened,
): QueuedLead | undefined => {
	const ready = account.check({
		draft: lead,
		policy,
		reading: {},
		...(partition === '' ? {} : { organizationId: partition }),
	});
	if (ready.kind !== 'ready') return undefined;
	const { warnings, notes, key } = ready;
	return { lead: ready.lead, warnings, ...(notes === undefined ? {} : { notes }), key, policy, origin };
};

/** How an invalid lead is put right, for whoever may see or change accounts. */
export const registerCorrections = (RED: NodeAPI): void => {
	const mayRead = RED.auth.needsPermission('icloud-ready-account.read');
	const mayWrite = RED.auth.needsPermission('icloud-ready-account.write');

	RED.httpAdmin.get('/icloud-ready/outbox/:id/leads/:lead/form', mayRead, (request, response) => {
		const opened = openedOf(asText(request.params.id));
		if ('status' in opened) return refuse(response, opened);
		find(opened.outbox, asText(request.params.lead))
			.then((entry) =>
				entry === undefined
					? refuse(response, notThere)
					: response
							.set('Cache-Control', 'no-store')
							.json({ form: correctionForm(givenOf(entry), languageOf(request.query.language)) } satisfies FormAnswer),
			)
			.catch(() => refuse(response, unusable));
	});

	for (const [path, isSent] of [
		['check', false],
		['correct', true],
	] as const) {
		RED.httpAdmin.post(`/icloud-ready/outbox/:id/${path}`, isSent ? mayWrite : mayRead, (request, response) => {
			const opened = openedOf(asText(request.params.id));
			if ('status' in opened) return refuse(response, opened);
			const wanted = correctionOf(request.body);
			if (wanted === undefined) return refuse(response, notUnderstood);
			const { outbox } = opened;
			const work = async (): Promise<unknown> => {
				const entry = await find(outbox, wanted.id);
				if (entry === undefined) return refuse(response, notThere);
				const { policy } = entry.payload;
				const read = readCorrection(
					givenOf(entry),
					wanted.values,
					languageOf(request.query.language),
					policyOf(policy),
				);
				const { issues, warnings, lead } = read;
				if (!isSent || lead === undefined)
					return response.json({ done: false, issues, warnings } satisfies CorrectionAnswer);
				const payload = payloadOf(entry, lead, opened);
				const { kind } =
					payload === undefined ? ({ kind: 'notThere' } as const) : await outbox.correct(wanted.id, () => payload);
				if (kind === 'full') return refuse(response, full);
				return response.json({ done: kind === 'corrected', issues: [], warnings } satisfies CorrectionAnswer);
			};
			work().catch(() => refuse(response, unusable));
		});
	}
};
