import type { FormRequest, FormResponse, FormServer, Middleware } from './httpTypes';
import { type RawBody, readRawBody } from './rawBody';

/** Takes all calls of one address, with the bytes of each. */
export type Receiver = (request: FormRequest, response: FormResponse, raw: RawBody) => void;

interface Address {
	readonly receiver: Receiver;
	readonly maxBytes: number;
}

const byServer = new WeakMap<FormServer, Map<string, readonly Address[]>>();

const tidy = (path: string): string => (path.length > 1 ? path.replace(/(?<!\/)\/+$/, '') : path);

const rootOf = (server: FormServer): FormServer => (server.parent === undefined ? server : rootOf(server.parent));

/** Puts what was added last before all others; of a server that keeps its parts elsewhere, it stays the last. */
const moveToTheTop = (root: FormServer, handle: Middleware): void => {
	const stack = root._router?.stack ?? root.router?.stack;
	const at = stack?.findIndex((layer) => layer.handle === handle) ?? -1;
	if (stack !== undefined && at > 0) stack.unshift(...stack.splice(at, 1));
};

/** Of a call that came in before its address was there, as while flows start. What nobody kept a repeat brings again. */
const readLate = async (request: FormRequest, maxBytes: number): Promise<RawBody> => {
	const raw = await readRawBody(request, maxBytes);
	return 'refusal' in raw && raw.refusal === 'unreadable' ? { refusal: 'busy' } : raw;
};

/** One route for all nodes: those of Express cannot be taken away again but by reaching into it. */
const addressesOf = (server: FormServer): Map<string, readonly Address[]> => {
	const known = byServer.get(server);
	if (known !== undefined) return known;
	const addresses = new Map<string, readonly Address[]>();
	const bodies = new WeakMap<FormRequest, RawBody>();
	const route: Middleware = (request, response, next) => {
		const { receiver, maxBytes } = addresses.get(tidy(request.path))?.[0] ?? {};
		if (receiver === undefined || maxBytes === undefined) return next();
		const raw = bodies.get(request);
		if (raw !== undefined || request.method !== 'POST')
			return receiver(request, response, raw ?? { bytes: Buffer.alloc(0) });
		void readLate(request, maxBytes).then((late) => receiver(request, response, late));
	};
	// Node-RED's own parsers come before the routes of nodes, and of what they read no bytes are left.
	const capture: Middleware = (request, _response, next) => {
		// Express has put nothing of its own into the request yet.
		const [path = ''] = (request.url ?? '').split('?');
		const mount = tidy(server.path());
		const own = mount === '/' || mount === '' ? path : path.startsWith(`${mount}/`) ? path.slice(mount.length) : '';
		const address = addresses.get(tidy(own))?.[0];
		if (address === undefined || request.method !== 'POST') {
			next();
			return;
		}
		void readRawBody(request, address.maxBytes).then((raw) => {
			bodies.set(request, raw);
			// What the parsers take for "read already".
			Reflect.set(request, '_body', true);
			Reflect.set(request, 'skipRawBodyParser', true);
			next();
		});
	};
	rootOf(server).use(capture);
	moveToTheTop(rootOf(server), capture);
	server.use(route);
	byServer.set(server, addresses);
	return addresses;
};

/** Receives at an address from now on; `isSecond`: another node has it already, and goes on to. */
export const receiveAt = (
	server: FormServer,
	path: string,
	maxBytes: number,
	receiver: Receiver,
): { readonly stop: () => void; readonly isSecond: boolean } => {
	const addresses = addressesOf(server);
	const others = addresses.get(path) ?? [];
	const own: Address = { receiver, maxBytes };
	addresses.set(path, [...others, own]);
	return {
		isSecond: others.length > 0,
		stop: () => {
			const left = (addresses.get(path) ?? []).filter((each) => each !== own);
			if (left.length === 0) addresses.delete(path);
			else addresses.set(path, left);
		},
	};
};
