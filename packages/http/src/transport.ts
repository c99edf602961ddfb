import { type TransportOptions, dispatcherFor } from './dispatcher';
import { codeOf } from './errorCode';
import { createTunnels } from './tunnel';
import { type Host, type Reply, mostAnswerBytes, proxyAway } from '@icloud-ready/core';
import type { Dispatcher } from 'undici';

export interface Transport {
	readonly send: Host['send'];
	/** Closes every connection at once. */
	readonly close: () => Promise<void>;
}

/**
 * Sends requests over kept-alive connections; never follows a redirect and never sends anything twice.
 * A fault says whether the request had begun to leave: undici tells at the moment it writes the first byte.
 */
export const createTransport = (
	options: TransportOptions,
	env: Readonly<Record<string, string | undefined>> = {},
): Transport => {
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
				dispatcher.dispatch(
					{
						origin: target.origin,
						path: target.pathname + target.search,
						method,
						headers: { ...headers, 'accept-encoding': 'identity' },
						body,
					},
					{
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
					},
				);
			} catch (error) {
				failed(error);
			}
		});

	return {
		send,
		close: async () => {
			await Promise.all([...used].map((dispatcher) => dispatcher.destroy()));
		},
	};
};
