import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scryptSync } from 'node:crypto';

/** What a request brings to be let in at the API. */
export interface Credentials {
	readonly apiKey: string;
	readonly organizationId: string;
}

/** Who gives leads, told by hashes that only this gateway's secret can make; none of them tells the key. */
export interface Account {
	/** Key and organization: what may be asked for by whom, and whose permission is refused. */
	readonly id: string;
	/** The key alone: what has one pace, and is held as one. */
	readonly group: string;
	/** The organization alone. */
	readonly organization: string;
}

export interface Secrets {
	readonly accountOf: (credentials: Credentials) => Account;
	/** What the same lead is known by; nothing of `texts` can be read from it. */
	readonly markOf: (account: Account, ...texts: readonly string[]) => string;
	/** What only a gateway with this secret can make of texts, for what is signed and not kept secret. */
	readonly sign: (...texts: readonly string[]) => string;
	/** Encrypted for one account, each time differently. */
	readonly seal: (credentials: Credentials, accountId: string) => string;
	/** Undefined where it was sealed with another secret, for another account, or was changed since. */
	readonly open: (sealed: string, accountId: string) => Credentials | undefined;
}

const nonceBytes = 12;
const tagBytes = 16;
/** Enough of a hash that no two accounts ever share one. */
const hashBytes = 16;
/** No secret: any number of gateways with one secret must read each other's leads. */
const salt = 'icloud-ready-gateway-1';

/** The parts of an account's id, which ids of entries hold. */
export const accountOfId = (id: string): Account => {
	const [group = '', organization = ''] = id.split('.');
	return { id, group, organization };
};

/** Stands for a key alone, whatever organization it is used with: it has the group of all its accounts, and is none of them. */
export const keyAlone = ({ group }: Pick<Account, 'group'>): Account => ({ id: `${group}.`, group, organization: '' });

/** Derives one key for hashes and one for sealing; takes a moment on purpose, so that a short secret is not guessed quickly. */
export const createSecrets = (secret: string): Secrets => {
	const root = scryptSync(secret, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
	const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', root, salt, use, 32));
	const sealingKey = derived('seal');
	const hashKey = derived('hash');
	// Each part with its length before it, or two lists of parts could make one text.
	const hash = (...parts: readonly string[]): string =>
		createHmac('sha256', hashKey)
			.update(parts.map((part) => `${part.length}:${part}`).join(''))
			.digest()
			.subarray(0, hashBytes)
			.toString('base64url');

	return {
		accountOf: ({ apiKey, organizationId }) => {
			const group = hash('key', apiKey);
			const organization = hash('organization', organizationId);
			return { id: `${group}.${organization}`, group, organization };
		},
		markOf: ({ id }, ...texts) => hash('mark', id, ...texts),
		sign: (...texts) => hash('sign', ...texts),
		seal: (credentials, accountId) => {
			const nonce = randomBytes(nonceBytes);
			const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(accountId));
			const text = Buffer.concat([cipher.update(JSON.stringify(credentials), 'utf8'), cipher.final()]);
			return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
		},
		open: (sealed, accountId) => {
			const bytes = Buffer.from(sealed, 'base64url');
			if (bytes.length <= nonceBytes + tagBytes) return undefined;
			try {
				const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(0, nonceBytes), {
					authTagLength: tagBytes,
				});
				decipher.setAAD(Buffer.from(accountId)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
				return JSON.parse(
					Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8'),
				) as Credentials;
			} catch {
				return undefined;
			}
		},
	};
};
