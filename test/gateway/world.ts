import type { LeadRequest, Reply } from '../../packages/core/src';
import { type Gateway, openGateway } from '../../packages/gateway/src/main/openGateway';
import { readSettings, type Settings } from '../../packages/gateway/src/main/settings';
import { openDiskQueue } from '../../packages/gateway/src/stores/disk/diskQueue';
import { type Clock, createClock } from '../outbox/clock';
import type { SealedLead } from '../../packages/gateway/src/stores/disk/sealedEntry';
import { type MemoryStore, memoryStore } from '../outbox/memoryStore';
import crypto from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';

/**
 * Slow on purpose, which no test of what a gateway does needs: with the least work it gives a key as well. From the import
 * on, since some files make keys while they are loaded.
 */
const { scryptSync } = crypto;
const derivation = jest
	.spyOn(crypto, 'scryptSync')
	.mockImplementation((password, salt, length) => scryptSync(password, salt, length, { N: 2, r: 1, p: 1 }));
afterAll(() => {
	derivation.mockRestore();
});

export const secret = 'a secret that nobody guesses';

export const settingsOf = (changed: Partial<Settings> = {}): Settings => {
	const read = readSettings(['--api', 'https://crm.test/api/v2'], { GATEWAY_SECRET: secret });
	if (read.kind !== 'start') throw new Error(`The defaults are no settings: ${read.kind}`);
	return { ...read.settings, ...changed };
};

/** The API, as a function of what it is sent. */
export type Api = (request: LeadRequest, world: Pick<World, 'clock'>) => Reply | Promise<Reply>;

export interface Answered {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
	readonly json: Readonly<Record<string, unknown>>;
}

interface Call {
	readonly method?: string;
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
}

/** A gateway over a store in memory and a clock that stands still. */
export interface World {
	readonly gateway: Gateway;
	readonly store: MemoryStore<SealedLead>;
	readonly clock: Clock;
	/** What the API was sent, in order. */
	readonly sent: LeadRequest[];
	readonly log: string[];
	/** A call; a lead unless told otherwise. The returned `hangUp` ends it as a client would that goes away. */
	readonly call: (call?: Call) => Promise<Answered> & { readonly hangUp: () => void };
	/** The same store in a new gateway, as after a crash. */
	readonly crash: () => Promise<World>;
}

export const organization = '686f894eaf67193dd6e124ce';
export const leadBody = (number = 1): object => ({
	leadInformation: { firstName: `Mona ${number}`, phone: `+2010012${String(number).padStart(5, '0')}` },
	unknownField: { kept: [1, null] },
});

/** What the API answers to a lead that it creates. */
export const createdBy = (request: LeadRequest, leadNumber = 1): Reply => ({
	status: 201,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({
		...(JSON.parse(request.body) as object),
		_id: `id${leadNumber}`,
		leadNumber,
		realmId: request.headers.organizationId,
	}),
});
export const replied = (status: number, headers: Readonly<Record<string, string>> = {}): Reply => ({
	status,
	headers: { 'content-type': 'application/json', ...headers },
	body: JSON.stringify({ statusCode: status, message: `the API said ${status}` }),
});

export const read = async (response: Response): Promise<Answered> => {
	const text = await response.text();
	let json: Readonly<Record<string, unknown>> = {};
	try {
		json = JSON.parse(text) as typeof json;
	} catch {
		// It is no JSON, which the test sees by its text.
	}
	return { status: response.status, headers: Object.fromEntries(response.headers), text, json };
};

export const openWorld = async (
	api: Api = (request) => createdBy(request),
	changed: Partial<Settings> = {},
	store = memoryStore<SealedLead>(),
	clock = createClock(),
): Promise<World> => {
	const sent: LeadRequest[] = [];
	const log: string[] = [];
	let isDead = false;
	const living: MemoryStore<SealedLead> = {
		...store,
		write: async (changes) => {
			await (isDead ? new Promise<void>(() => undefined) : store.write(changes));
		},
	};
	const gateway = await openGateway(settingsOf(changed), {
		send: async (request) => {
			if (request.method !== 'POST') throw new Error('The gateway asked the API for something.');
			sent.push(request);
			return await api(request, { clock });
		},
		now: clock.now,
		monotonicMs: clock.monotonicMs,
		after: (ms, wake) => {
			let isWanted = true;
			void clock.sleep(ms).then(() => {
				if (isWanted) wake();
			});
			return () => {
				isWanted = false;
			};
		},
		write: (line) => {
			log.push(line);
		},
		openQueue: async (means) =>
			await openDiskQueue({ ...means, openStore: async () => await Promise.resolve({ store: living }) }),
	});
	const world: World = {
		gateway,
		store,
		clock,
		sent,
		log,
		call: ({ method = 'POST', path = '/api/v2/leads', headers = {}, body = leadBody() } = {}) => {
			const text = method === 'GET' ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
			const all: Record<string, string> = {
				'x-api-key': 'key-1',
				organizationid: organization,
				'content-type': 'application/json',
				...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
				...headers,
			};
			for (const [name, value] of Object.entries(all)) if (value === '') Reflect.deleteProperty(all, name);
			const outgoing = Object.assign(new EventEmitter(), { destroyed: false });
			const answer = Promise.resolve(
				gateway.app.request(
					path,
					{
						method,
						headers: Object.fromEntries(Object.entries(all).filter(([, value]) => /^[\x20-\x7e]*$/.test(value))),
						...(text === undefined ? {} : { body: text }),
					},
					{
						incoming: Object.assign(Readable.from(text === undefined ? [] : [Buffer.from(text)]), { headers: all }),
						outgoing,
					},
				),
			).then(read);
			return Object.assign(answer, {
				hangUp: () => {
					outgoing.destroyed = true;
					outgoing.emit('close');
				},
			});
		},
		crash: async () => {
			isDead = true;
			return await openWorld(api, changed, store, clock);
		},
	};
	return world;
};

/** A key and an organization as headers. */
export const as = (apiKey: string, organizationId = organization): Readonly<Record<string, string>> => ({
	'x-api-key': apiKey,
	organizationid: organizationId,
});
