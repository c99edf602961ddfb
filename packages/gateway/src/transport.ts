import { type Host, mostAnswerBytes, proxyAway, type Reply } from '@icloud-ready/core';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { createTunnels, type Tunnels } from './tunnel';

export interface Transport {
	readonly send: Host['send'];
	/** Closes every connection at once. */
	readonly close: () => Promise<void>;
}

/** A client's error code, or that of what caused it; never its text, which may hold headers. */
const codeOf = (error: unknown): string => {
	const { code, cause, name } = error as { readonly code?: unknown; readonly cause?: unknown; readonly name?: unknown };
	if (typeof code === 'string') return code;
	return typeof cause === 'object' && cause !== null ? codeOf(cause) : String(name);
};

/** Through the proxy that the environment names (`HTTPS_PROXY`, `NO_PROXY`), or directly. */
const dispatcherFor = (timeoutMs: number, env: Readonly<Record<string, string | undefined>>, { factory }: Tunnels): Dispatcher => {
	const connect = { timeout: timeoutMs };
	const common = { connect, headersTimeout: 0, bodyTimeout: 0 };
	const hasProxy = ['http_proxy', 'https_proxy'].some((name) => (env[name] ?? env[name.toUpperCase()] ?? '') !== '');
	return hasProxy ? new EnvHttpProxyAgent({ ...common, factory, requestTls: connect }) : new Agent(common);
};

/** What has come of an answer so far. */
const createAnswer = () => {
	const chunks: Buffer[] = [];
	let bytes = 0;
	return {
		status: 0,
		headers: {} as Readonly<Record<string, string | string[] | undefined>>,
		/** False when it is longer than any answer of the API. */
		add: (chunk: Buffer): boolean => {
			chunks.push(chunk.subarray(0, mostAnswerBytes - bytes));
			bytes += chunk.length;
			return bytes <= mostAnswerBytes;
		},
		text: (): string => Buffer.concat(chunks).toString('utf8'),
	};
};

/**
 * Sends requests over kept-alive connections; never follows a redirect and never sends anything twice. A fault says
 * whether the request had begun to leave, which the client tells when it writes the first byte.
 */
export const createTransport = (timeoutMs: number, env: Readonly<Record<string, string | undefined>> = {}): Transport => {
	const tunnels = createTunnels();
	const dispatcher = dispatcherFor(timeoutMs, env, tunnels);
	const send: Host['send'] = async ({ method, url, headers, body }, limits) =>
		await new Promise<Reply>((resolve) => {
			const answer = createAnswer();
			let left = false;
			let over = false;
			let controller: Dispatcher.DispatchController | undefined;
			const finish = (reply: Reply): void => {
				if (over) return;
				over = true;
				clearTimeout(timer);
				resolve(reply);
			};
			const answered = (): Reply => ({ status: answer.status, headers: answer.headers, body: answer.text() });
			// A refusal is one by its status, however its text ends; whether a lead was created only a whole answer tells.
			const broken = (code: string): void => finish(answer.status >= 300 ? answered() : { fault: { code, left } });
			const timer = setTimeout(() => {
				broken(!left && tunnels.leadTo(new URL(url).origin) ? proxyAway : 'TIMEOUT');
				controller?.abort(new Error('TIMEOUT'));
			}, limits.timeoutMs);

			try {
				const { origin, pathname, search } = new URL(url);
				dispatcher.dispatch({ origin, path: pathname + search, method, headers: { ...headers, 'accept-encoding': 'identity' }, body }, {
					onRequestStart: (started) => {
						controller = started;
						if (over) started.abort(new Error('TIMEOUT'));
						else left = true;
					},
					onResponseStart: (_controller, status, responseHeaders) => {
						answer.status = status;
						answer.headers = responseHeaders;
					},
					onResponseData: (_controller, chunk) => {
						if (answer.add(chunk)) return;
						finish(answered());
						controller?.abort(new Error('ANSWER_TOO_LONG'));
					},
					onResponseEnd: () => finish(answered()),
					onResponseError: (_controller, error) => broken(codeOf(error)),
				});
			} catch (error) {
				broken(codeOf(error));
			}
		});
	return { send, close: async () => { await dispatcher.destroy(); } };
};
