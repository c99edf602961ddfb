import { leadgenIds, leadgenRequest, readLeadgenReply } from '../receiving/leadgen';
import type { Host } from './host';
import { limits } from './policy';
import { decideRetry } from './retryPolicy';

/** What came of the IDs: all leads as one payload, or that one of them could not be had. */
export type Fetched = { readonly kind: 'payload'; readonly payload: unknown } | { readonly kind: 'notFetched' };

interface Asking {
	/** With the version in it, without a slash at its end. */
	readonly graphUrl: string;
	/** Undefined: the host adds it to what it sends. */
	readonly pageToken: string | undefined;
	/** For all tries of one lead together, in ms. */
	readonly mostMs: number;
}

type Means = Pick<Host, 'send' | 'sleep' | 'now' | 'monotonicMs' | 'random'>;

const fetchOne = async (id: string, { graphUrl, pageToken, mostMs }: Asking, host: Means): Promise<unknown> => {
	const begunAtMs = host.monotonicMs();
	const leftMs = (): number => mostMs - (host.monotonicMs() - begunAtMs);
	let waitedMs = 0;
	for (let attempts = 1; leftMs() > 0; attempts++) {
		const reply = await host.send(leadgenRequest(graphUrl, id, pageToken), { timeoutMs: leftMs() });
		const read = readLeadgenReply(reply, host.now());
		if (read.kind === 'lead') return read.lead;
		const policy = { unconfirmed: 'report', maxTries: limits.maxTries.max, maxWaitSeconds: mostMs / 1000 } as const;
		const retry = decideRetry(read.outcome, { attempts, waitedMs }, policy, host.random);
		if (retry.kind === 'end' || retry.inMs >= leftMs()) return undefined;
		waitedMs += retry.inMs;
		await host.sleep(retry.inMs);
	}
	return undefined;
};

/**
 * A webhook of Meta's lead ads with its leads in place of their IDs, each asked for again as a lead is sent again. What
 * names none comes back as it is. Never rejects unless the host breaks its word.
 */
export const fetchLeadgen = async (payload: unknown, asking: Asking, host: Means): Promise<Fetched> => {
	const ids = leadgenIds(payload);
	if (ids.length === 0) return { kind: 'payload', payload };
	const leads = await Promise.all(ids.map(async (id) => await fetchOne(id, asking, host)));
	if (leads.some((lead) => lead === undefined)) return { kind: 'notFetched' };
	return { kind: 'payload', payload: leads.length === 1 ? leads[0] : { data: leads } };
};
