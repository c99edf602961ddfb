import type { Message } from '../host/nodeRed';
import { outboxOf, type SeenEntry } from '../host/outboxOf';
import type { LeadFacts } from './facts';
import { judgeDone, judgeTold } from './judgeTelling';
import type { Event } from './plan';
import { isUp, type Running, type World } from './world';

/** What is known of a lead as it is given. */
export const givenLead = (
	lead: Pick<
		LeadFacts,
		'name' | 'phone' | 'account' | 'node' | 'organizationId' | 'madeUpKey' | 'isOnce' | 'resends' | 'givenAtMs'
	>,
): LeadFacts => ({
	...lead,
	isAcknowledged: false,
	keptAtMs: undefined,
	againAtMs: undefined,
	told: [],
	chosenAtMs: [],
	isActedUpon: false,
	mayBeLost: false,
	mayBeDoubled: false,
	isLogged: false,
});

/** A message with one lead or several comes to a create-lead node. */
export const give = (world: World, event: Extract<Event, { kind: 'leads' }>): void => {
	const { current: running, say, facts, plan, scheduler } = world;
	const names = event.leads.map(({ name }) => name);
	const node = plan.nodes.find(({ id }) => id === event.node);
	if (!isUp(running) || running.isRenewing || node === undefined) {
		say('world', `nobody takes ${names.join(', ')}`);
		return;
	}
	for (const { name, phone } of event.leads)
		facts.set(
			name,
			givenLead({
				name,
				phone,
				account: node.account,
				node: node.id,
				organizationId: event.organizationId,
				madeUpKey: undefined,
				isOnce: node.duplicates,
				resends: node.unconfirmed === 'resend',
				givenAtMs: scheduler.nowMs(),
			}),
		);
	const drafts = event.leads.map(({ name, phone, more, source }) => ({
		leadInformation: { firstName: name, phone, ...more },
		...(source === undefined ? {} : { leadSource: source }),
	}));
	say(running.program.name, `is given ${names.join(', ')}`);
	const message: Message = {
		_msgid: names[0],
		sims: names,
		payload: drafts.length === 1 ? drafts[0] : drafts,
		...(event.organizationId === '' ? {} : { organizationId: event.organizationId }),
	};
	running.nodeRed.receive(event.node, message, (error) => {
		if (!running.program.isAlive()) return;
		if (error !== undefined) judgeTold(world, event.node, message, running);
		judgeDone(world, names, running);
	});
};

const lists = {
	retry: ['unconfirmed', 'ended'],
	arrived: ['unconfirmed'],
	discard: ['waiting', 'unconfirmed'],
} as const;

/** What a person does to a lead of this name: from here on it may be sent once more. */
const chosen = (world: World, name: string, act: keyof typeof lists): LeadFacts | undefined => {
	const lead = world.facts.get(name);
	if (act === 'retry') lead?.chosenAtMs.push(world.scheduler.nowMs());
	if (lead !== undefined) lead.isActedUpon = true;
	return lead;
};

/** Somebody looks at the outbox for a while, and does something to one of its leads. */
export const act = async (
	world: World,
	{ act: does, which, looksForMs, bulkId }: Extract<Event, { kind: 'person' }>,
	running: Running,
): Promise<void> => {
	const { plan, say, scheduler } = world;
	const outbox = outboxOf(running.nodeRed, plan.accounts[which % plan.accounts.length]?.id ?? '');
	const seen: SeenEntry[] = [];
	for (const shelf of lists[does])
		seen.push(...((await outbox?.list({ shelf, limit: 20 }).catch(() => undefined))?.entries ?? []));
	const entry = seen[which % Math.max(1, seen.length)];
	if (entry === undefined || outbox === undefined) return;
	await new Promise<void>((resolve) => running.program.after(looksForMs, resolve));
	const name = entry.payload.lead.leadInformation.firstName;
	say('person', `${does} ${name}`);
	const lead = chosen(world, name, does);
	const doIt = async (): Promise<boolean | string> =>
		await outbox[does](entry.id, bulkId).catch((error: unknown) => String(error));
	// A page that saw no answer asks once more.
	const again = bulkId === undefined ? undefined : doIt();
	const isDone = await doIt();
	say('person', `${does} ${name}: ${String(isDone)}${again === undefined ? '' : `, ${String(await again)}`}`);
	if (bulkId !== undefined) running.program.after(5000, () => void doIt());
	if (lead === undefined || isDone !== true) return;
	lead.againAtMs = does === 'retry' ? (lead.againAtMs ?? scheduler.nowMs()) : undefined;
};

/** The same on the gateway's page. */
export const actAtGateway = async (
	world: World,
	{ act: does, which, looksForMs }: Extract<Event, { kind: 'gatewayPerson' }>,
): Promise<void> => {
	const { say, scheduler, side } = world;
	const queue = side?.opened()?.queue;
	if (queue === undefined) return;
	const seen: { readonly id: string; readonly name: string }[] = [];
	for (const list of lists[does]) {
		const page = await queue.list(list, { text: '', limit: 20 }).catch(() => ({ leads: [] }));
		// Its first name alone is the lead's here.
		seen.push(...page.leads.map(({ id, name }) => ({ id, name: name.replace(/ .*/, '') })));
	}
	const row = seen[which % Math.max(1, seen.length)];
	if (row === undefined) return;
	await new Promise<void>((resolve) => scheduler.after(looksForMs, resolve));
	say('person', `${does} ${row.name} at the gateway`);
	chosen(world, row.name, does);
	const isDone = await queue[does](row.id).catch((error: unknown) => String(error));
	say('person', `${does} ${row.name} at the gateway: ${String(isDone)}`);
};

/** Somebody corrects an invalid lead on the gateway's page, and asks again as whoever saw no answer does. */
export const correctAtGateway = async (
	world: World,
	{ which, tries }: Extract<Event, { kind: 'correct' }>,
): Promise<void> => {
	const { facts, say, scheduler, side } = world;
	const queue = side?.opened()?.queue;
	const found = await queue?.list('ended', { text: '', limit: 20 }).catch(() => undefined);
	const row = found?.leads.find(({ name }) => name === `Refused9${which}`);
	const first = row === undefined ? undefined : chosen(world, row.name, 'retry');
	if (queue === undefined || row === undefined || first === undefined) return;
	const [name, phone] = [`Fixed9${which}`, `+2010016${String(which).padStart(5, '0')}`];
	facts.set(name, givenLead({ ...first, name, phone, isOnce: 'allow', givenAtMs: scheduler.nowMs() }));
	const lead = { leadInformation: { firstName: name, phone } };
	for (let number = 1; number <= tries; number++) {
		const result = await queue
			.correct(row.id, { body: JSON.stringify(lead), lead })
			.catch((error: unknown) => ({ kind: String(error) }));
		say('person', `corrects ${row.name}, which becomes ${name}: ${result.kind}`);
	}
};
