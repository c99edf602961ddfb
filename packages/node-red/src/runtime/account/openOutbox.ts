import { monotonicMs } from '../config/monotonic';
import { createLastingRecord, type LastingRecord } from '../dedupe/dedupeStores';
import { type AccountOutbox, createAccountOutbox } from '../outbox/accountOutbox';
import type { QueuedLead } from '../outbox/queuedLead';
import { forgetStopped, journalsFolder, outboxFolder } from '../outbox/stoppedOutboxes';
import type { Sender } from './sender';
import type { Starting } from './starting';
import { longestAskedMs, mostAtOnce } from '@icloud-ready/core';
import type { OutboxOptions } from '@icloud-ready/outbox';
import { existsSync } from 'node:fs';

/**
 * The record of created leads, for leads of the outbox. The account has a share of it of its own: where a node is deployed
 * anew while a lead of it is on its way, its record must not be closed before that is noted.
 */
export const openRecord = ({ node, userFolder }: Starting): LastingRecord =>
	createLastingRecord(userFolder, (isAway, warning) => {
		if (warning !== undefined) node.warn(warning);
		else if (isAway)
			node.warn(
				'The record of created leads cannot be used, so leads of the outbox are sent without a check for duplicates, each with a warning. It is tried again automatically.',
			);
		else node.log('The record of created leads can be used again.');
	});

/** Only as many leads are marked as on their way as adaptive concurrency lets leave: what is marked is unconfirmed after a crash. */
const slotsOf = ({ limiter, sleep, stopped }: Sender): Pick<OutboxOptions<QueuedLead>, 'acquire' | 'tryAcquire'> => ({
	acquire: async () => await limiter.acquireSlot({ sleep, monotonicMs, stopped }),
	tryAcquire: () => limiter.tryAcquireSlot(monotonicMs()),
});

/** After a 429 its sending may wait for as long as the API asked, in a line of as many as may be on their way. */
const longestSendingMs = ({
	concurrency,
	maxPerSecond,
	maxTries,
	maxWaitSeconds,
	timeoutSeconds,
}: Starting['settings']): number =>
	longestAskedMs +
	1000 * (maxWaitSeconds + maxTries * timeoutSeconds) +
	(maxPerSecond > 0 ? (mostAtOnce(concurrency) * 1000) / maxPerSecond : 0);

/** Undefined where nothing is to be kept, nor was before. */
export const openOutbox = (
	{ node, settings, userFolder }: Starting,
	sender: Sender,
	record: LastingRecord,
	isAccountUnusable: boolean,
	onChange: () => void,
): AccountOutbox | undefined => {
	const folder = outboxFolder(userFolder, node.id);
	forgetStopped(folder);
	const keepsNew = settings.outbox === 'disk';
	if (!keepsNew && !existsSync(folder)) return undefined;
	const outbox: AccountOutbox = createAccountOutbox({
		folder,
		journalFolder: journalsFolder(userFolder),
		keepsNew,
		isAccountUnusable,
		concurrency: mostAtOnce(settings.concurrency),
		...(settings.concurrency === 0 ? slotsOf(sender) : {}),
		maxPerSecond: settings.maxPerSecond,
		longestSendingMs: longestSendingMs(settings),
		maxWaiting: settings.outboxMax,
		keepDays: settings.keepDays,
		gateway: sender.gateway,
		now: Date.now,
		monotonicMs,
		sleep: sender.sleep,
		warn: (text) => node.warn(text),
		log: (text) => node.log(text),
		onChange,
		send: async (entry) =>
			await sender.kept(
				entry,
				entry.payload.policy.duplicates === 'always'
					? record.once()
					: outbox.listener(entry.payload.origin.nodeId)?.once,
			),
	});
	return outbox;
};

/** Says where the leads of an account are that was removed while it kept some. */
export const warnOfRemoved = ({ RED, node, userFolder }: Starting, outbox: AccountOutbox | undefined): void => {
	const { waiting, unconfirmed } = outbox?.state().counts ?? { waiting: 0, unconfirmed: 0 };
	if (waiting + unconfirmed > 0)
		RED.log.warn(
			`The account was removed while its outbox held ${waiting} waiting and ${unconfirmed} unconfirmed leads. They are kept in ${outboxFolder(userFolder, node.id)}; undo the removal to send them.`,
		);
};
