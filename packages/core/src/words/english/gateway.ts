import type { HoldReason } from '../../outcome/holdReason';
import type { Explanation } from '../types';
import { counted } from './counted';

const reasons: Readonly<Record<HoldReason, string>> = {
	key: 'iCloud-Ready did not accept the API key',
	organization: 'this API key may not create leads in this organization',
	limit: 'iCloud-Ready is not accepting leads right now',
	network: 'the gateway cannot reach iCloud-Ready',
	answers: 'iCloud-Ready is not answering the gateway',
	disk: 'the gateway cannot write to its storage',
};

const keepsTrying = "The gateway keeps trying, so do not send it again. Follow it in the gateway's inbox.";
const afterwards = 'the gateway then sends it, so do not send it again.';

const nextStep = (why: HoldReason): string => {
	switch (why) {
		case 'key':
			return 'Enter a working API key in the account. If the old key ever worked, the gateway sends this lead after the first lead created with the new key, so do not send it again. If it never worked, the gateway drops the lead after a while; check its inbox, then send the lead again.';
		case 'organization':
			return `Give the key's role the permission Lead > Create and check the organization ID; ${afterwards}`;
		case 'disk':
			return `Ask the administrator to check the gateway's storage; ${afterwards}`;
		case 'limit':
		case 'network':
		case 'answers':
			return keepsTrying;
	}
};

/** A lead that a gateway keeps, and what it waits for there where something holds it. */
export const keptWords = ({ id, why }: { readonly id: string; readonly why?: HoldReason }): Explanation =>
	why === undefined
		? { message: `The lead is safe at the gateway (ID ${id}) and has no outcome yet.`, hint: keepsTrying }
		: {
				message: `The lead is safe at the gateway (ID ${id}) and waiting: ${reasons[why]}.`,
				hint: nextStep(why),
			};

const duration = (ms: number): string => {
	return counted(Math.round(ms / 60_000), 'minute');
};

/** A lead that its gateway gave up. `fix`: what to do before it is sent again. */
export const neverAccepted = ({ waitedMs }: { readonly waitedMs: number }, fix: string): Explanation => ({
	message: `The gateway dropped the lead after ${duration(waitedMs)}: iCloud-Ready never accepted its key for this organization.`,
	hint: `Nothing was created. ${fix}, then send the lead again.`,
});
