import type { Platform } from '../platform';
import { fromBearer, tokenProof } from './token';

/** Whatever has no rule of its own: the address nobody can guess, and a token if one is set. */
export const any: Platform = {
	name: 'any',
	label: 'Any other form',
	provesBy: 'token',
	secrets: ['secret', 'nextSecret'],
	documents: [],
	unconfirmed: 'Senders without a scheme of their own: the address is what nobody can guess, and a token may be set.',
	prove: tokenProof(fromBearer),
	submissionId: () => undefined,
};

/** No document on its calls was found that can be read, so nothing of them is assumed. */
export const snapchat: Platform = {
	...any,
	name: 'snapchat',
	label: 'Snapchat',
	unconfirmed:
		'No document that can be read says how Snapchat proves its calls: the address is what nobody can guess, and a token may be set.',
};
