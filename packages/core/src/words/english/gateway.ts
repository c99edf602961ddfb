import type { HoldReason } from '../../outcome/holdReason';
import type { Explanation } from '../types';

const reasons: Readonly<Record<HoldReason, string>> = {
	key: 'iCloud-Ready did not accept the API key',
	organization: 'this API key may not create leads for this organization',
	limit: 'iCloud-Ready takes no more leads for now',
	network: 'the gateway cannot reach iCloud-Ready',
	answers: 'iCloud-Ready does not answer the gateway',
	disk: 'the gateway cannot write to its store',
};

const byItself = 'It goes on there by itself, so it need not be sent again. Look for it at the gateway.';
const afterwards = 'it goes on there by itself. It need not be sent again.';

const nextStep = (why: HoldReason): string => {
	switch (why) {
		case 'key':
			return 'Enter an API key that works in the account. If the old one worked before, the lead goes on there by itself once one was created with the new key, and need not be sent again. If it never did, the gateway gives the lead up after a while; look for it there, and send it again.';
		case 'organization':
			return `Give the key's role Lead > Create and check the organization ID; then ${afterwards}`;
		case 'disk':
			return `Have the gateway's store looked at; as soon as it can be written, ${afterwards}`;
		case 'limit':
		case 'network':
		case 'answers':
			return byItself;
	}
};

/** A lead that a gateway keeps, and what it waits for there where something holds it. */
export const keptWords = ({ id, why }: { readonly id: string; readonly why?: HoldReason }): Explanation =>
	why === undefined
		? { message: `The lead is safe at the gateway under the ID ${id}, and has no outcome yet.`, hint: byItself }
		: {
				message: `The lead is safe at the gateway under the ID ${id}, and waits there: ${reasons[why]}.`,
				hint: nextStep(why),
			};

const duration = (ms: number): string => {
	const minutes = Math.round(ms / 60_000);
	return minutes === 1 ? '1 minute' : `${minutes} minutes`;
};

/** A lead that its gateway gave up. `mend`: what to do before it is sent again. */
export const neverAccepted = ({ waitedMs }: { readonly waitedMs: number }, mend: string): Explanation => ({
	message: `The lead waited ${duration(waitedMs)} at the gateway and was given up: iCloud-Ready never accepted its key for this organization.`,
	hint: `Nothing was created. ${mend}, then send the lead again.`,
});
