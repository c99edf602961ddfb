import type { Host, Reply } from '@icloud-ready/core';
import { mostAnswerBytes, proxyAway } from '@icloud-ready/core';
import { Agent, type Dispatcher, EnvHttpProxyAgent, ProxyAgent } from 'undici';
import { createTunnels, type Tunnels } from './tunnel';

/** A proxy as Node-RED's `http proxy` node knows it. */
export interface Proxy {
	readonly url: string;
	readonly noproxy: readonly string[];
	readonly username?: string;
	readonly password?: string;
}

export interface TransportOptions {
	/** Most connections kept open to one host. */
	readonly connections: number;
	readonly timeoutMs: number;
	/** Options of `tls.connect`, from Node-RED's `tls-config` node. */
	readonly tls?: Readonly<Record<string, unknown>>;
	readonly proxy?: Proxy;
}

export interface Transport {
	readonly send: Host['send'];
	/** Closes every connection at once. */
	readonly close: () => Promise<void>;
}

const bypasses = (noproxy: readonly string[], url: URL): boolean =>
	noproxy.some((entry) => {
		const name = entry.trim().toLowerCase().replace(/^\*?\./, '');
		return name !== '' && (name === '*' || url.hostname === name || url.hostname.endsWith(`.${name}`) || url.host === name);
	});

const proxyAgent = (options: TransportOptions, { url, username, password }: Proxy, { factory }: Tunnels): Dispatcher => {
	const token = username === undefined || username === '' ? undefined : `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
	return new ProxyAgent({
		uri: url,
		factory,
		connections: options.connections,
		...(token === undefined ? {} : { token }),
		requestTls: { ...options.tls, timeout: options.timeoutMs },
	});
};

/** With a proxy node, that one; else what the environment says (`HTTPS_PROXY`, `NO_PROXY`), as the rest of Node-RED does. */
const dispatcherFor = (options: TransportOptions, env: Readonly<Record<string, string | undefined>>, tunnels: Tunnels): ((url: URL) => Dispatcher) => {
	const connect = { ...options.tls, timeout: options.timeoutMs };
	const common = { connections: options.connections, connect, headersTimeout: 0, bodyTimeout: 0 };
	const { proxy } = options;
	if (proxy !== undefined) {
		const through = proxyAgent(options, proxy, tunnels);
		const direct = new Agent(common);
		return (url) => (bypasses(proxy.noproxy, url) ? direct : through);
	}
	const hasProxy = ['http_proxy', 'https_proxy'].some((name) => (env[name] ?? env[name.toUpperCase()] ?? '') !== '');
	const agent = hasProxy ? new EnvHttpProxyAgent({ ...common, factory: tunnels.factory, requestTls: connect }) : new Agent(common);
	return () => agent;
};

/** A client's error code, or that of what caused it; never its text, which may hold headers. */
const codeOf = (error: unknown): string => {
	const { code, cause, name } = error as { readonly code?: unknown; readonly cause?: unknown; readonly name?: unknown };
	if (typeof code === 'string') return code;
	return typeof cause === 'object' && cause !== null ? codeOf(cause) : String(name);
};

/**
 * Sends requests over kept-alive connections; never follows a redirect and never sends anything twice.
 * A fault says whether the request had begun to leave: undici tells at the moment it writes the first byte.
 */
export const createTransport = (options: TransportOptions, env: Readonly<Record<string, string | undefined>> = {}): Transport => {
	const tunnels = createTunnels();
	const choose = dispatcherFor(options, env, tunnels);
	const used = new Set<Dispatcher>();
	/** An account sends everything to the same one. */
	let latest: { readonly text: string; readonly url: URL } | undefined;
	const read = (text: string): URL => {
		if (latest?.text !== text) latest = { text, url: new URL(text) };
		return latest.url;
	};

	const send: Host['send'] = async ({ method, url, headers, body = null }, { timeoutMs }) =>
		await new Promise<Reply>((resolve) => {
			let left = false;
			let over = false;
			let controller: Dispatcher.DispatchController | undefined;
			let status = 0;
			let answerHeaders: Readonly<Record<string, string | string[] | undefined>> = {};
			const chunks: Buffer[] = [];
			let bytes = 0;

			const finish = (reply: Reply): void => {
				if (over) return;
				over = true;
				clearTimeout(timer);
				resolve(reply);
			};
			const answer = (): Reply => ({ status, headers: answerHeaders, body: Buffer.concat(chunks).toString('utf8') });
			// A refusal is one by its status, however its text ends; whether a lead was created only a whole answer tells.
			const broken = (code: string): void => finish(status >= 300 ? answer() : { fault: { code, left } });
			const stop = (code: string): void => controller?.abort(new Error(code));
			const timer = setTimeout(() => {
				broken(!left && tunnels.leadTo(read(url).origin) ? proxyAway : 'TIMEOUT');
				stop('TIMEOUT');
			}, timeoutMs);
			const failed = (error: unknown): void => broken(codeOf(error));

			try {
				const target = read(url);
				const dispatcher = choose(target);
				used.add(dispatcher);
				dispatcher.dispatch({ origin: target.origin, path: target.pathname + target.search, method, headers: { ...headers, 'accept-encoding': 'identity' }, body }, {
					onRequestStart: (started) => {
						controller = started;
						if (over) started.abort(new Error('TIMEOUT'));
						else left = true;
					},
					onResponseStart: (_controller, statusCode, responseHeaders) => {
						status = statusCode;
						answerHeaders = responseHeaders;
					},
					onResponseData: (_controller, chunk) => {
						chunks.push(chunk.subarray(0, mostAnswerBytes - bytes));
						bytes += chunk.length;
						if (bytes <= mostAnswerBytes) return;
						finish(answer());
						stop('ANSWER_TOO_LONG');
					},
					onResponseEnd: () => finish(answer()),
					onResponseError: (_controller, error) => failed(error),
				});
			} catch (error) {
				failed(error);
			}
		});

	return { send, close: async () => { await Promise.all([...used].map((dispatcher) => dispatcher.destroy())); } };
};
