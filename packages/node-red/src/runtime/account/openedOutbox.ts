import type { QueuedLead } from '../outbox/queuedLead';
import { runningAccount } from './runningAccounts';
import type { AccountNode } from './types';
import type { Outbox } from '@icloud-ready/outbox';

/** Why a request of the editor is not answered, in words. */
export interface Refusal {
	readonly status: 400 | 404 | 503;
	readonly message: string;
}

/** An account whose outbox can be used. */
export interface Opened {
	readonly account: AccountNode;
	readonly outbox: Outbox<QueuedLead>;
}

export const unusable: Refusal = {
	status: 503,
	message:
		'The outbox cannot be used right now. Check that its folder can be written to and that the disk has free space. It is tried again automatically.',
};
const opening: Refusal = { status: 503, message: 'The outbox is still being opened. Try again in a moment.' };
const unknownAccount: Refusal = {
	status: 404,
	message:
		'No running account with an outbox has this ID. Deploy the account, or enable its flow, then reload the list.',
};

export const openedOf = (id: string): Opened | Refusal => {
	const account = runningAccount(id);
	if (account?.outbox === undefined) return unknownAccount;
	const outbox = account.outbox.opened();
	if (outbox !== undefined) return { account, outbox };
	return account.outbox.state().isBroken ? unusable : opening;
};

export const refuse = (
	response: { readonly status: (code: number) => { readonly json: (body: unknown) => unknown } },
	{ status, message }: Refusal,
): void => {
	response.status(status).json({ message });
};
