import { outboxOf } from '../host/outboxOf';
import type { Event, LookFilter } from './plan';
import { isUp, startMs, type World } from './world';

type Look = Extract<Event, { kind: 'look' }>;

const nothing = (): undefined => undefined;

/** As the outbox of a node is asked; of its partitions only those count that name the organization. */
const entryFilterOf = ({ outcome, source, organization, from, to }: LookFilter): object => ({
	...(outcome === undefined ? {} : { end: outcome }),
	...(source === undefined ? {} : { source }),
	...(organization === undefined ? {} : { isPartition: (partition: string) => partition.includes(organization) }),
	...(from === undefined ? {} : { fromMs: startMs + from }),
	...(to === undefined ? {} : { toMs: startMs + to }),
});

const lookAtGateway = async (world: World, { shelf, text, limit, filter }: Look): Promise<void> => {
	const queue = world.side?.opened()?.queue;
	if (queue === undefined) return;
	const { from, to, ...names } = filter ?? {};
	const times = {
		...(from === undefined ? {} : { from: startMs + from }),
		...(to === undefined ? {} : { to: startMs + to }),
	};
	const search = { text, limit, ...(filter === undefined ? {} : { filter: { ...names, ...times } }) };
	const page = await queue.list(shelf, search).catch(nothing);
	const after = page?.next;
	const next = after === undefined ? undefined : await queue.list(shelf, { ...search, after }).catch(nothing);
	await queue.waitingLeads().catch(nothing);
	if (filter !== undefined) await queue.facets(shelf).catch(nothing);
	await queue.list(shelf, search).catch(nothing);
	const [first] = page?.leads ?? [];
	if (filter !== undefined && first !== undefined) await queue.find(first.id).catch(nothing);
	world.say(
		'person',
		`looks at ${shelf} of the gateway and sees ${page?.leads.length ?? 0} and ${next?.leads.length ?? 0}`,
	);
};

/** Somebody looks through a list and at what waits, in whatever keeps leads, and does nothing. */
export const look = async (world: World, event: Look): Promise<void> => {
	const { plan, say, side, current } = world;
	const { shelf, text, limit, filter } = event;
	if (side?.opened() !== undefined) return await lookAtGateway(world, event);
	const search = { shelf, text, limit, ...(filter === undefined ? {} : { filter: entryFilterOf(filter) }) };
	for (const { id } of plan.accounts) {
		if (!isUp(current)) return;
		const outbox = outboxOf(current.nodeRed, id);
		const page = await outbox?.list(search).catch(nothing);
		const after = page?.next;
		const next = after === undefined ? undefined : await outbox?.list({ ...search, after }).catch(nothing);
		const waiting = outbox?.waitingPartitions().length ?? 0;
		if (filter !== undefined) outbox?.facets(shelf);
		// What was looked for before the index was made is looked for once more.
		await outbox?.indexed().catch(nothing);
		await outbox?.list(search).catch(nothing);
		const [first] = page?.entries ?? [];
		if (filter !== undefined && first !== undefined) await outbox?.find(first.id).catch(nothing);
		say(
			'person',
			`looks at ${shelf} of ${id} and sees ${page?.entries.length ?? 0} and ${next?.entries.length ?? 0}; ${waiting} wait by organization`,
		);
	}
};
