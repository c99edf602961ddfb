import { type NodeEnv, send } from '../api/nodeEnv';
import { tryLater } from '../api/responses';
import type { Progress } from '@icloud-ready/outbox';
import { Hono } from 'hono';

/** How far a start is: the end of a sentence. */
const progressText = (progress: Progress | undefined): string => {
	if (progress === undefined) return 'its store is being opened';
	return progress.stage === 'files'
		? 'the files of its store are being repaired'
		: `its store is being repaired, ${progress.done} of ${progress.of} problems done`;
};

/** What is answered until the store is open: nothing is kept, and to try again is safe. */
export const createStartingApp = (progress: () => Progress | undefined): Hono<NodeEnv> => {
	const app = new Hono<NodeEnv>();
	app.get('/healthz', (c) => c.text('ok\n'));
	app.get('/readyz', (c) => c.text(`the gateway is starting: ${progressText(progress())}\n`, 503));
	app.notFound((c) =>
		send(
			c,
			tryLater({
				message: `The gateway is starting: ${progressText(progress())}. Nothing was kept.`,
				hint: 'Send it again in a moment.',
			}),
		),
	);
	return app;
};
