import { alertId, alertMessage } from './alertMessage';
import type { AlertMemory } from './alertMemory';
import { signedHeaders } from './signAlert';
import {
	type Alert,
	alertRound,
	type AlertState,
	alertStateText,
	type ClockWatch,
	type DeliveryFacts,
	type Host,
	isClockBack,
	onTold,
	readAlertState,
	startingMs,
	watchClock,
} from '@icloud-ready/core';

export interface AlertOptions {
	/** Where alerts are posted. */
	readonly url: string;
	/** What alerts are signed with. */
	readonly key: Buffer;
	/** How long leads may wait until somebody is told. */
	readonly waitingMinutes: number;
	/** What is so now. Rejects where the store does not say. */
	readonly facts: () => Promise<DeliveryFacts>;
	readonly memory: AlertMemory;
	readonly send: Host['send'];
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Milliseconds on a clock that only goes forward. */
	readonly monotonicMs: () => number;
	/** Resolves after `ms`, or as soon as the gateway closes. */
	readonly sleep: (ms: number) => Promise<void>;
	readonly stopped: () => boolean;
	/** Told once when alerts cannot be delivered, and once when they can again. */
	readonly notice: (text: string) => void;
}

/** Often enough that somebody is told within a minute, and a store is asked no more than a page that is looked at asks it. */
const lookEveryMs = 15_000;
/** A receiver that mails answers once the mail is out. */
const timeoutMs = 30_000;
const firstPauseMs = 15_000;
const longestPauseMs = 15 * 60_000;
const dayMs = 86_400_000;

interface State {
	readonly options: AlertOptions;
	readonly startedAtMs: number;
	alerts: AlertState;
	/** This gateway's own clock, since it started. */
	clock: ClockWatch | undefined;
	/** Tries in a row that the receiver did not take. */
	failures: number;
	nextTryAtMs: number;
}

const post = async ({ url, key, send, now }: AlertOptions, alert: Alert): Promise<boolean> => {
	const nowMs = now();
	const body = JSON.stringify(alertMessage(alert, nowMs));
	const headers = signedHeaders(alertId(alert, Math.floor(nowMs / dayMs)), body, key, nowMs);
	const reply = await send({ method: 'POST', url, headers, body }, { timeoutMs });
	return 'status' in reply && reply.status >= 200 && reply.status < 300;
};

const onDelivered = (state: State): void => {
	if (state.failures > 0) state.options.notice('Alerts can be delivered again.');
	state.failures = 0;
};

const onRefused = (state: State): void => {
	if (state.failures === 0)
		state.options.notice(
			'An alert could not be delivered: its address did not answer with a status from 200 to 299. It is tried again automatically.',
		);
	const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** state.failures);
	state.failures++;
	state.nextTryAtMs = state.options.monotonicMs() + pauseMs;
};

const isUnavailable: DeliveryFacts = { held: [], waiting: 0, unconfirmed: 0, isStoreAway: true, isRecordAway: false };

/** A store that does not answer is what is to be told. */
const factsOf = async ({ facts }: AlertOptions): Promise<DeliveryFacts> => await facts().catch(() => isUnavailable);

/** One look: what is to be told is posted, and only what its receiver took counts as told. */
const look = async (state: State): Promise<void> => {
	const { options } = state;
	const { memory, now, monotonicMs, waitingMinutes } = options;
	if (monotonicMs() < state.nextTryAtMs) return;
	const taken = await memory.take();
	if (taken.kind === 'elsewhere') return;
	if (taken.kind === 'mine') state.alerts = readAlertState(taken.text);
	const isStarting = monotonicMs() - state.startedAtMs < startingMs;
	state.clock = watchClock(state.clock, now());
	const facts = await factsOf(options);
	const hasGoneBack = facts.hasGoneBack === true || isClockBack(state.clock);
	const decided = alertRound(state.alerts, { ...facts, hasGoneBack }, { nowMs: now(), waitingMinutes, isStarting });
	state.alerts = decided.state;
	for (const alert of decided.alerts) {
		if (!(await post(options, alert))) {
			onRefused(state);
			break;
		}
		onDelivered(state);
		state.alerts = onTold(state.alerts, alert, now());
	}
	const text = alertStateText(state.alerts);
	if (taken.kind !== 'mine' || taken.text !== text) await memory.keep(text);
};

/** Tells somebody what needs a person, until the gateway closes. Never rejects, and is never in the way of a lead. */
export const watchAlerts = async (options: AlertOptions): Promise<void> => {
	const startedAtMs = options.monotonicMs();
	const state: State = {
		options,
		startedAtMs,
		alerts: new Map(),
		clock: undefined,
		failures: 0,
		nextTryAtMs: Number.NEGATIVE_INFINITY,
	};
	while (!options.stopped()) {
		await look(state).catch(() => undefined);
		await options.sleep(lookEveryMs);
	}
};
