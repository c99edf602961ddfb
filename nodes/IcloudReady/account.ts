import type { IExecuteFunctions } from 'n8n-workflow';
import { baseUrlFlaw, type MissingSetting, type Outcome, outcomeOf, tidyBaseUrl } from '../../packages/core/src';

/** What the credential holds. The key is here only to be struck out of answers; n8n itself sends it. */
export interface Account {
	readonly apiKey: string;
	readonly organizationId: string;
	readonly baseUrl: string;
	/** Plain http to another machine is wanted. */
	readonly allowHttp: boolean;
	/** The base URL is that of a gateway. */
	readonly gateway: boolean;
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The credential of the node, or undefined where none can be read. */
export const readAccount = async (n8n: Pick<IExecuteFunctions, 'getCredentials'>): Promise<Account | undefined> => {
	try {
		const { apiKey, organizationId, baseUrl, allowHttp, gateway } = await n8n.getCredentials('icloudReadyApi');
		return { apiKey: text(apiKey), organizationId: text(organizationId), baseUrl: text(baseUrl), allowHttp: allowHttp === true, gateway: gateway === true };
	} catch {
		return undefined;
	}
};

/** The outcome of a lead that cannot be sent since the account lacks something, or undefined. */
export const missingSetting = (account: Account | undefined, organizationId: string): Outcome | undefined => {
	const lacks = (missing: MissingSetting): Outcome => outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing } });
	if (account === undefined) return lacks('account');
	if (account.apiKey === '') return lacks('apiKey');
	if (organizationId === '') return lacks('organizationId');
	const flaw = baseUrlFlaw(tidyBaseUrl(account.baseUrl), account.allowHttp);
	return flaw === undefined ? undefined : lacks(flaw);
};
