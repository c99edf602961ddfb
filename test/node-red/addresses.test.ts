import { receiveAt } from '../../packages/node-red/src/runtime/lead-form/addresses';
import type { FormServer, Middleware } from '../../packages/node-red/src/runtime/lead-form/httpTypes';
import type { RawBody } from '../../packages/node-red/src/runtime/lead-form/rawBody';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** The Express of Node-RED, whichever that is. */
const express = createRequire(require.resolve('node-red'))('express') as () => FormServer & RequestListener;

let server: Server | undefined;
afterEach(async () => {
	server?.closeAllConnections();
	await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

/** Posts to `/late`, whose node starts while `meanwhile` is passed: after the call came in, before it reaches its route. */
const postLate = async (meanwhile: (request: Parameters<Middleware>[0]) => Promise<void>): Promise<RawBody[]> => {
	const app = express();
	const seen: RawBody[] = [];
	app.use((request, _response, next) => {
		void meanwhile(request).then(() => {
			receiveAt(app, '/late', 1000, (_request, response, raw) => {
				seen.push(raw);
				response.end();
			});
			next();
		});
	});
	receiveAt(app, '/other', 1000, () => undefined);
	server = createServer(app);
	const listening = server;
	await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', () => resolve()));
	const { port } = listening.address() as AddressInfo;
	await fetch(`http://127.0.0.1:${port}/late`, { method: 'POST', body: '{"first_name":"Mona"}' });
	return seen;
};

test('a call that comes in while its node starts is read all the same', async () => {
	const [raw] = await postLate(async () => await Promise.resolve());
	expect(raw).toEqual({ bytes: Buffer.from('{"first_name":"Mona"}') });
});

test('where something else has read it by then, a repeat is asked for: it is no fault of what was sent', async () => {
	const raw = await postLate(async (request) => {
		for await (const chunk of request) void chunk;
	});
	expect(raw).toEqual([{ refusal: 'busy' }]);
});
