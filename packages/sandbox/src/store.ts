import type { Answer } from './answers';
import { keptCallCharacters, keptCalls, keptLeadCharacters, keptLeads } from './bounds';
import type { AcceptedLead } from './check';
import { createIds, leadBody, type LeadBody } from './leadBody';
import { noEarlierLeads, type EarlierLeads } from './leadFile';
import { createRecent } from './recent';
import type { IncomingHttpHeaders } from 'node:http';

/** One call of the API. `key` is the real one: it stays inside this process, `view.ts` masks it. */
export interface Call {
	readonly id: number;
	readonly atMs: number;
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	readonly key: string | null;
	/** Null when the connection was cut without an answer. */
	readonly status: number | null;
	readonly answer: Answer | null;
	/** The number of the lead that this call created, or null. */
	readonly leadNumber: number | null;
	readonly unknownPaths: readonly string[];
	/** `gone`: the caller hung up before the answer. */
	progress: 'waiting' | 'answered' | 'cut' | 'gone';
}

export interface Store {
	/** Oldest first. */
	readonly calls: readonly Call[];
	/** Oldest first; of very many the newest. */
	readonly leads: readonly LeadBody[];
	readonly callCount: number;
	/** All leads there ever were, those that are no longer held included. */
	readonly leadCount: number;
	/** The number of the last lead that came out of a file; 0 without one. */
	readonly lastEarlierNumber: number;
	/** Makes the next lead without keeping it. */
	nextLead(lead: AcceptedLead, organizationId: string, nowMs: number): LeadBody;
	/** `characters`: how long its JSON is. */
	keepLead(lead: LeadBody, characters: number): void;
	recordCall(call: Omit<Call, 'id'>): Call;
	findCall(id: number): Call | undefined;
	clear(): void;
}

/** Holds calls and leads in memory, starting with those of a file. */
export function createStore(earlier: EarlierLeads = noEarlierLeads): Store {
	const calls = createRecent<Call>({ maxItems: keptCalls, maxWeight: keptCallCharacters });
	const leads = createRecent<LeadBody>({ maxItems: keptLeads, maxWeight: keptLeadCharacters });
	const ids = createIds();
	let callCount = 0;
	let leadCount = earlier.count;
	let lastNumber = earlier.lastNumber;
	for (const { lead, characters } of earlier.leads) leads.add(lead, characters);

	return {
		calls: calls.items,
		leads: leads.items,
		get callCount() {
			return callCount;
		},
		get leadCount() {
			return leadCount;
		},
		lastEarlierNumber: earlier.lastNumber,
		nextLead(lead, organizationId, nowMs) {
			lastNumber += 1;
			return leadBody(lead, { ...ids(nowMs), leadNumber: lastNumber, organizationId, createdAtMs: nowMs });
		},
		keepLead(lead, characters) {
			leadCount += 1;
			leads.add(lead, characters);
		},
		recordCall(call) {
			callCount += 1;
			const recorded: Call = { ...call, id: callCount };
			calls.add(recorded, call.body.length + (call.answer?.body.length ?? 0));
			return recorded;
		},
		findCall(id) {
			const first = calls.items[0];
			return first && calls.items[id - first.id];
		},
		clear() {
			calls.clear();
			leads.clear();
			callCount = 0;
			leadCount = 0;
			// Numbers that a file holds are not given again.
			lastNumber = earlier.lastNumber;
		},
	};
}
