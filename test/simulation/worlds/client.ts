import type { Reply } from '../api/transport';
import type { LeadFacts } from './facts';
import type { GatewaySide } from './gatewaySide';
import { noteTold } from './judgeTelling';
import { givenLead } from './people';
import type { ClientVisit } from './plan';
import { isOpen, keyOf, organizationOf, type World } from './world';

const url = 'https://gateway.test/api/v2/leads';
/** Whoever asks again and again asks ever less often. */
const pauseMs = (times: number): number => Math.min(120_000, 3000 * 2 ** times);
/** Outcomes as the gateway's statuses tell them; any other is unconfirmed. */
const outcomes: Readonly<Record<number, string>> = {
	201: 'created',
	400: 'invalid',
	401: 'unauthorized',
	403: 'forbidden',
	410: 'failed',
	424: 'failed',
	429: 'rateLimited',
};

const sayOf = (reply: Reply): string => ('status' in reply ? String(reply.status) : reply.fault.code);
const idIn = (reply: Reply): string | undefined => ('status' in reply ? reply.headers['x-gateway-lead'] : undefined);

interface Client {
	readonly world: World;
	readonly side: GatewaySide;
	readonly lead: LeadFacts;
	readonly act: ClientVisit;
	readonly headers: Readonly<Record<string, string>>;
}

const pause = async ({ world }: Client, ms: number): Promise<void> =>
	await new Promise((resolve) => world.scheduler.after(ms, resolve));
/** It lives as long as the run does. */
const call = async (
	{ world, side }: Client,
	request: Parameters<GatewaySide['call']>[1],
	timeoutMs: number,
): Promise<Reply> => await side.call({ after: world.scheduler.after, isAlive: () => true }, request, timeoutMs);

const post = async (client: Client, isChanged: boolean): Promise<Reply> => {
	const { lead, headers, act } = client;
	const leadInformation = { firstName: lead.name, phone: lead.phone };
	const body = JSON.stringify({ leadInformation, ...(isChanged ? { campaignName: 'other' } : {}) });
	return await call(client, { method: 'POST', url, headers, body }, act.patienceMs);
};

/** Gives its lead until it is kept; undefined where it gives up. */
const giveUntilKept = async (client: Client): Promise<string | undefined> => {
	const { world, lead, act } = client;
	for (let times = 0; ; times++) {
		const reply = await post(client, false);
		world.say('client', `gives ${lead.name}: ${sayOf(reply)}`);
		if ('fault' in reply) {
			// What may be kept is not given anew without a name.
			if (reply.fault.left && !act.isNamed) return undefined;
			// With a lead's name it is the API's own answer to that lead, which was kept and has ended.
		} else if (reply.status !== 503 || idIn(reply) !== undefined) return idIn(reply);
		await pause(client, pauseMs(times));
	}
};

/** Asks for it until it has ended. */
const askUntilEnded = async (client: Client, id: string): Promise<void> => {
	const { world, side, lead, headers } = client;
	const question = { method: 'GET', url: `${url}/${id}`, headers: { ...headers, prefer: 'wait=60' } };
	for (let times = 0; ; times++) {
		const reply = await call(client, question, 90_000);
		if ('status' in reply && reply.status === 404 && !lead.mayBeLost) {
			world.violated('one place', `the gateway does not know ${lead.name} any more, which it had taken`);
			return;
		}
		if ('status' in reply && reply.status !== 202 && idIn(reply) !== undefined) {
			const outcome = outcomes[reply.status] ?? 'unconfirmed';
			const { _id: leadId } = JSON.parse(reply.body.startsWith('{') ? reply.body : '{}') as { readonly _id?: string };
			world.say('client', `is told ${lead.name} ${outcome} (${reply.status})`);
			noteTold(world, lead, {
				outcome,
				atMs: world.scheduler.nowMs(),
				by: side.name(),
				leadId,
				isUnrecorded: false,
			});
			return;
		}
		await pause(client, pauseMs(times));
	}
};

/** A program of somebody else's with a lead for the gateway; `ownKey`: the key that it has, where that is not the account's of now. */
export const clientGives = async (world: World, act: ClientVisit, ownKey?: string): Promise<void> => {
	const { side, facts, scheduler, say } = world;
	if (side === undefined) return;
	const { name, phone } = act.lead;
	const key = ownKey ?? (act.isMadeUp ? (act.madeUpKey ?? `made-up-${act.account}`) : keyOf(world, act.account));
	const lead = givenLead({
		name,
		phone,
		account: act.account,
		node: 'client',
		organizationId: act.organizationId,
		madeUpKey: act.isMadeUp ? key : undefined,
		isOnce: 'allow',
		resends: false,
		givenAtMs: scheduler.nowMs(),
	});
	facts.set(name, lead);
	const headers = {
		'x-api-key': key,
		organizationId: act.organizationId,
		'content-type': 'application/json',
		prefer: `wait=${Math.floor(act.patienceMs / 2000)}`,
		...(act.isNamed ? { 'idempotency-key': `key-of-${name}` } : {}),
	};
	const client: Client = { world, side, lead, act, headers };
	if (!act.isMadeUp) world.clientKeys.set(name, { key, account: act.account });
	let id = await giveUntilKept(client);
	world.clientKeys.delete(name);
	if (id === undefined) return;
	lead.isAcknowledged = true;
	if (act.isNamed && act.repeats !== 'never') {
		await pause(client, act.patienceMs);
		const reply = await post(client, act.repeats === 'changed');
		say('client', `gives ${name} again, ${act.repeats}: ${sayOf(reply)}`);
		// It surely was not created: then the same name is a new lead.
		id = idIn(reply) ?? id;
	}
	await askUntilEnded(client, id);
};

/**
 * A lead that is sent again when its gateway has been started anew waits for the next one of its account, whose key it takes:
 * the gateway keeps none of leads that have ended. So does one that was given with a key that has been renewed since. So each
 * such account gives one more.
 */
export const keysComeBy = (world: World): void => {
	const { facts, api, side, generations } = world;
	if (side === undefined) return;
	const again = api.arrivals
		.filter(({ lead }) => (facts.get(lead)?.chosenAtMs.length ?? 0) > 0)
		.map(({ key, lead, organizationId }) => {
			const account = facts.get(lead)?.account ?? '';
			// Whoever has the account has its newest key by then, where the one that it left with is taken in no more.
			return { key: key.startsWith('made-up') || api.takes(key) ? key : keyOf(world, account), lead, organizationId };
		});
	const renewed = [...facts.values()]
		.filter((lead) => isOpen(lead) && lead.madeUpKey === undefined && (generations.get(lead.account) ?? 1) > 1)
		.map((lead) => ({
			key: keyOf(world, lead.account),
			lead: lead.name,
			organizationId: organizationOf(world, lead),
		}));
	const accounts = new Map([...again, ...renewed].map((each) => [`${each.key} ${each.organizationId}`, each]));
	for (const [index, { key, lead, organizationId }] of [...accounts.values()].entries())
		void clientGives(
			world,
			{
				kind: 'client',
				lead: { name: `Last${index}`, phone: `+2010013${String(index).padStart(5, '0')}` },
				account: facts.get(lead)?.account ?? '',
				isMadeUp: key.startsWith('made-up'),
				organizationId,
				isNamed: true,
				repeats: 'never',
				patienceMs: 30_000,
			},
			key,
		);
};
