import { getCredentialOwnRequestAllowedDomains, type IHttpRequestOptions } from 'n8n-workflow';

/** Watches one request to an https address. */
export interface TlsWatch {
	/** What the request is sent with. */
	readonly agentOptions: NonNullable<IHttpRequestOptions['agentOptions']>;
	/** Whether no TLS was begun with the address although n8n's client would have: what answered is a proxy that opened no tunnel. */
	readonly isWithoutTls: () => boolean;
	/** Told that the answer surely was the API's. */
	readonly wasAnswered: () => void;
}

/** n8n passes the options on into a tunnel from about the version on that has this; before, nothing is concluded. */
const isTold = typeof getCredentialOwnRequestAllowedDomains === 'function';

/** An answer of the API itself has shown that the watching shows nothing here. */
let isBlind = false;

/**
 * n8n's client gives a proxy's refusal of a tunnel as if it were the answer of the address, and tells nothing of the
 * connection it came on. So the list of protocols (the usual one) is one that notes when it is read: that is when TLS with
 * the address begins, after a tunnel stands and before anything of the request leaves.
 */
export const watchTls = (): TlsWatch => {
	let isHandedOver = false;
	let hasBegun = false;
	const protocols = new Proxy(['http/1.1'], {
		get: (list, name, receiver): unknown => {
			hasBegun = true;
			return Reflect.get(list, name, receiver);
		},
	});
	const agentOptions = Object.defineProperty({}, 'ALPNProtocols', {
		enumerable: true,
		get: () => {
			isHandedOver = true;
			return protocols;
		},
	});
	const isUnseen = (): boolean => isHandedOver && !hasBegun;
	return {
		agentOptions,
		isWithoutTls: () => isTold && !isBlind && isUnseen(),
		wasAnswered: () => {
			isBlind ||= isUnseen();
		},
	};
};
