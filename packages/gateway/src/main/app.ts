import { addLeads, type LeadsHost } from '../api/leadRoutes';
import { refusals } from '../api/messages';
import { type NodeEnv, send } from '../api/nodeEnv';
import { openApi } from '../api/openApi';
import { placesPage, placesText } from '../api/places';
import { wordsAnswer } from '../api/responses';
import { addInbox, type InboxHost } from '../inbox/routes';
import { type GatewayFacts, metricsText, type Metrics } from '../watch/metrics';
import { securityHeaders } from '@icloud-ready/web';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';

export interface AppHost extends Omit<LeadsHost, 'onUnkept'> {
	readonly metrics: Metrics;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly onError: (error: unknown) => void;
	readonly about: Omit<GatewayFacts, 'held'>;
	/** The inbox page; undefined: there is none. */
	readonly inbox?: InboxHost | undefined;
}

const text = (status: number, body: string, type = 'text/plain; charset=utf-8'): Response =>
	new Response(body, { status, headers: { 'content-type': type, 'cache-control': 'no-store' } });

/** Everything that the gateway answers. */
export const createApp = (host: AppHost): Hono<NodeEnv> => {
	const { queue, metrics, stopping, now } = host;
	const app = new Hono<NodeEnv>();
	const places = { version: host.about.version, hasInbox: host.inbox !== undefined };
	app.get('/', (c) => {
		const wantsPage = (c.req.header('accept') ?? '').includes('text/html');
		return wantsPage
			? new Response(placesPage(places), {
					status: 200,
					headers: { 'content-type': 'text/html; charset=utf-8', ...securityHeaders({ formAction: "'none'" }) },
				})
			: text(200, placesText(places));
	});
	app.get('/openapi.json', () =>
		text(200, JSON.stringify(openApi(host.about.version)), 'application/json; charset=utf-8'),
	);
	app.get('/healthz', () => text(200, 'ok\n'));
	app.get('/readyz', async () => {
		if (stopping.aborted) return text(503, 'stopping\n');
		if (await queue.isReady()) return text(200, 'ready\n');
		const because = queue.awayBecause?.();
		return text(503, `the store cannot be used${because === undefined ? '' : `: ${because}`}\n`);
	});
	app.get('/metrics', async () => {
		const isReady = await queue.isReady();
		// Figures of a store that is away are left out; whoever watches must see that it is.
		const [figures, waiting] = await Promise.all([
			queue.counts().catch(() => undefined),
			queue.waitingLeads().catch(() => undefined),
		]);
		const facts: GatewayFacts = { ...host.about, held: waiting?.held };
		return text(
			200,
			metricsText(metrics, figures, now(), isReady, queue.notLeaving(), facts),
			'text/plain; version=0.0.4; charset=utf-8',
		);
	});
	if (host.inbox !== undefined) addInbox(app, host.inbox);
	addLeads(app, { ...host, onUnkept: metrics.unkept });
	app.onError((error, c) => {
		// The caller went away while it was sending: nobody is left to answer.
		if (c.env.incoming?.destroyed && c.env.outgoing.destroyed) return RESPONSE_ALREADY_SENT;
		host.onError(error);
		// 504: a node reads it as unconfirmed, since the lead may have been kept.
		return send(c, wordsAnswer(504, refusals.broken));
	});
	return app;
};
