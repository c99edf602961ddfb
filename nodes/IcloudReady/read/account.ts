import {
	baseUrlFlaw,
	flagSetting,
	type MissingSetting,
	onFirstUse,
	type Outcome,
	outcomeOf,
	readSettings,
	settingText,
	textSetting,
	tidyBaseUrl,
} from '../../../packages/core/src';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

/** What the credential holds for one item. */
export interface Account {
	/** Only to be struck out of answers and to tell accounts apart; n8n itself sends it. */
	readonly apiKey: string;
	readonly organizationId: string;
	readonly baseUrl: string;
	/** Plain http to another machine is wanted. */
	readonly allowHttp: boolean;
	/** The base URL is that of a gateway. */
	readonly gateway: boolean;
	/** What in the credential could not be used, in words; absent where all could. */
	readonly warnings?: readonly string[];
	/** The same as n8n's HTTP client takes it, so that it works nothing out anew, nor for another item. */
	readonly decrypted: Readonly<ICredentialDataDecryptedObject>;
}

/** The account of one item, or what keeps it from being read: there is none, or an expression in it gives nothing here. */
export type AccountReading = Account | Extract<MissingSetting, 'account' | 'accountOfItem'>;

/** Expressions may give each of them anything. */
const settings = onFirstUse(() => ({
	apiKey: textSetting(),
	organizationId: textSetting(),
	baseUrl: textSetting(),
	allowHttp: flagSetting(),
	gateway: flagSetting(),
}));

const accountOf = (given: ICredentialDataDecryptedObject): Account => {
	const { values, flaws } = readSettings(settings(), given);
	return {
		...values,
		...(flaws.length === 0 ? {} : { warnings: flaws.map((flaw) => settingText(flaw)) }),
		decrypted: { ...given, ...values },
	};
};

/** n8n ends the text of an error so where an expression in a credential cannot be worked out; its types do not tell it. */
const isUnresolved = (error: unknown): boolean =>
	error instanceof Error &&
	(error.name === 'ExpressionError' || error.message.endsWith('[Error resolving credentials]'));

/**
 * Reads the node's credential for an item, whose expressions may give each item another account. It has to be asked for
 * each item, since nobody but n8n knows whether there are expressions in it. Equal ones are the same object, so that ten
 * thousand leads of one account hold it once.
 */
export const accountsOf = (
	n8n: Pick<IExecuteFunctions, 'getCredentials'>,
): ((itemIndex: number) => Promise<AccountReading>) => {
	const known = new Map<string, Account>();
	return async (itemIndex) => {
		try {
			const account = accountOf(await n8n.getCredentials('icloudReadyApi', itemIndex));
			const name = JSON.stringify([account.decrypted, account.warnings]);
			const same = known.get(name);
			if (same !== undefined) return same;
			known.set(name, account);
			return account;
		} catch (error) {
			return isUnresolved(error) ? 'accountOfItem' : 'account';
		}
	};
};

/** The outcome of a lead that cannot be sent since the account lacks something, or undefined. */
export const missingSetting = (account: AccountReading, organizationId: string): Outcome | undefined => {
	const lacks = (missing: MissingSetting): Outcome =>
		outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing } });
	if (typeof account === 'string') return lacks(account);
	if (account.apiKey === '') return lacks('apiKey');
	if (organizationId === '') return lacks('organizationId');
	const flaw = baseUrlFlaw(tidyBaseUrl(account.baseUrl), account.allowHttp);
	return flaw === undefined ? undefined : lacks(flaw);
};
