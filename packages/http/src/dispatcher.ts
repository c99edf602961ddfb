import type { Tunnels } from './tunnel';
import { Agent, type Dispatcher, EnvHttpProxyAgent, ProxyAgent } from 'undici';

/** A proxy as Node-RED's `http proxy` node knows it. */
export interface Proxy {
	readonly url: string;
	readonly noproxy: readonly string[];
	readonly username?: string;
	readonly password?: string;
}

export interface TransportOptions {
	/** Most connections kept open to one host; left out: as many as are needed. */
	readonly connections?: number;
	readonly timeoutMs: number;
	/** Options of `tls.connect`, from Node-RED's `tls-config` node. */
	readonly tls?: Readonly<Record<string, unknown>>;
	readonly proxy?: Proxy;
}

const bypasses = (noproxy: readonly string[], url: URL): boolean =>
	noproxy.some((entry) => {
		const name = entry
			.trim()
			.toLowerCase()
			.replace(/^\*?\./, '');
		return (
			name !== '' && (name === '*' || url.hostname === name || url.hostname.endsWith(`.${name}`) || url.host === name)
		);
	});

const proxyAgent = (
	options: TransportOptions,
	{ url, username, password }: Proxy,
	{ factory }: Tunnels,
): Dispatcher => {
	const token =
		username === undefined || username === ''
			? undefined
			: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
	return new ProxyAgent({
		uri: url,
		factory,
		connections: options.connections,
		...(token === undefined ? {} : { token }),
		requestTls: { ...options.tls, timeout: options.timeoutMs },
	});
};

/** With a proxy node, that one; else what the environment says (`HTTPS_PROXY`, `NO_PROXY`), as the rest of Node-RED does. */
export const dispatcherFor = (
	options: TransportOptions,
	env: Readonly<Record<string, string | undefined>>,
	tunnels: Tunnels,
): ((url: URL) => Dispatcher) => {
	const connect = { ...options.tls, timeout: options.timeoutMs };
	const common = { connections: options.connections, connect, headersTimeout: 0, bodyTimeout: 0 };
	const { proxy } = options;
	if (proxy !== undefined) {
		const through = proxyAgent(options, proxy, tunnels);
		const direct = new Agent(common);
		return (url) => (bypasses(proxy.noproxy, url) ? direct : through);
	}
	const hasProxy = ['http_proxy', 'https_proxy'].some((name) => (env[name] ?? env[name.toUpperCase()] ?? '') !== '');
	const agent = hasProxy
		? new EnvHttpProxyAgent({ ...common, factory: tunnels.factory, requestTls: connect })
		: new Agent(common);
	return () => agent;
};
