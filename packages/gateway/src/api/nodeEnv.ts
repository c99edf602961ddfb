import type { Answer } from './responses';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

export interface NodeEnv {
	Bindings: HttpBindings;
}
export type GatewayContext = Context<NodeEnv>;

export const send = (c: Context, { status, headers, body }: Answer): Response =>
	new Response(status === 204 || status === 205 || status === 304 || c.req.method === 'HEAD' ? null : body, {
		status,
		headers: { 'cache-control': 'no-store', ...headers },
	});
