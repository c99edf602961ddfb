import type { Call } from '../call';
import type { Platform } from '../platform';
import { anyEqual, headerText, validSecrets } from '../signature';

/** A token in the address (`?token=`) or in a header (`Authorization: Bearer`, `X-Token`). */
export const fromBearer = (call: Call): readonly string[] => {
	const { token } = call.query;
	const bearer = /^Bearer +(.+)$/i.exec(headerText(call, 'authorization') ?? '')?.[1];
	return [typeof token === 'string' ? token : undefined, bearer, headerText(call, 'x-token')].filter(
		(each) => each !== undefined,
	);
};

/** Where no token is set, the address alone is the proof. */
export const tokenProof =
	(tokensOf: (call: Call) => readonly string[]): Platform['prove'] =>
	(call, secrets, host) => {
		const valid = validSecrets(secrets);
		if (valid.length === 0) return 'genuine';
		return anyEqual(host, tokensOf(call), valid) ? 'genuine' : 'forged';
	};
