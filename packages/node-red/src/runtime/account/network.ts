import type { TransportOptions } from '@icloud-ready/http';
import { asText } from '../config/values';
import type { NodeAPI } from 'node-red';

/** Options of other config nodes, asked for by name since they are Node-RED's own and have no types. */
interface TlsNode {
	readonly addTLSOptions?: (options: Record<string, unknown>) => Record<string, unknown>;
}
interface ProxyNode {
	readonly url?: string;
	readonly noproxy?: readonly string[];
	readonly credentials?: { readonly username?: string; readonly password?: string };
}

/** What `tls-config` and `http proxy` nodes with these ids say; an id that is no node says nothing. */
export const networkOptions = (
	RED: NodeAPI,
	tlsId: unknown,
	proxyId: unknown,
): Pick<TransportOptions, 'tls' | 'proxy'> => {
	const tls = (RED.nodes.getNode(asText(tlsId)) as unknown as TlsNode | null)?.addTLSOptions?.({});
	const proxy = RED.nodes.getNode(asText(proxyId)) as unknown as ProxyNode | null;
	const { username, password } = proxy?.credentials ?? {};
	return {
		...(tls === undefined ? {} : { tls }),
		...(proxy?.url === undefined || proxy.url === ''
			? {}
			: {
					proxy: {
						url: proxy.url,
						noproxy: proxy.noproxy ?? [],
						...(username === undefined ? {} : { username }),
						...(password === undefined ? {} : { password }),
					},
				}),
	};
};
