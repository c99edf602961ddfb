import type { Secrets } from './accounts';

/** Where a store notes which secret its leads were kept with. */
export interface SecretNote {
	/** Undefined where nothing is noted yet. */
	readonly read: () => Promise<string | undefined>;
	readonly write: (value: string) => Promise<void>;
	/** Whether leads that have not ended are kept, whose keys only their own secret opens. */
	readonly hasOpenLeads: () => Promise<boolean>;
}

/** A start that ends since leads wait that were kept with another secret (`code`): nobody could send them, or be told of them. */
export const otherSecretCode = 'OTHER_SECRET';

/**
 * Notes the secret, as a hash that only it can make. Rejects with `otherSecretCode` where leads wait that were kept with
 * another one: they would all be given up for unreadable, and one right start sends them.
 */
export const checkSecret = async (secrets: Pick<Secrets, 'sign'>, note: SecretNote): Promise<void> => {
	const mine = secrets.sign('secret');
	const noted = await note.read();
	if (noted === mine) return;
	if (noted !== undefined && (await note.hasOpenLeads())) {
		throw Object.assign(new Error('The leads that wait were kept with another secret.'), { code: otherSecretCode });
	}
	await note.write(mine);
};
