import type { Origin } from '../message/origin';
import type { AccountOutbox } from '../outbox/accountOutbox';
import type { AccountFacts } from './accountFacts';
import type { Delivery, Sender } from './sender';
import type { Outcome } from '@icloud-ready/core';
import type { Node } from 'node-red';

/** What a create-lead node uses of its account. */
export interface AccountNode extends Node<{ apiKey?: string }> {
	/**
	 * Never rejects; everything that can happen to a lead is an outcome. `kept`: it is in the outbox, and its outcome is
	 * told to the node that `origin` names.
	 */
	readonly deliver: (delivery: Delivery, origin: () => Origin) => Promise<Outcome | 'kept'>;
	/** The core's checks of a draft, and what is kept of a lead that passes them. */
	readonly check: Sender['check'];
	/** Where the saved key belongs: it is never sent to another address. */
	readonly storedBaseUrl: string;
	/** Where its leads go, but for those of messages that name another. */
	readonly organizationId: string;
	/** How long the API's limit holds everything back, in ms; 0 where it does not. */
	readonly heldMs: () => number;
	/** Why nothing can be sent with this account: a setting is missing, or its variable is not set. */
	readonly unusable: Outcome | undefined;
	/** How many leads of one list it is worth giving at once; the rest waits without holding anything. */
	readonly mostOfAList: number;
	/** Undefined where nothing is kept, nor was before. */
	readonly outbox: AccountOutbox | undefined;
	/** What it knows of its leads, for whoever decides whether a person is needed. Never rejects. */
	readonly facts: () => Promise<AccountFacts>;
}

/** How long a closing account waits for what is on its way; Node-RED itself waits 15 s. */
export const closingMs = 10_000;
/** What an account tells the nodes that send with it: that leads wait, or that its outbox has changed. */
export const waitingEvent = 'icloud-ready-waiting';
