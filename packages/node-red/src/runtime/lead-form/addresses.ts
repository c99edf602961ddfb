import type { FormRequest, FormResponse, FormServer, Middleware } from './httpTypes';

/** Takes all calls of one address. */
export type Receiver = (request: FormRequest, response: FormResponse) => void;

const byServer = new WeakMap<FormServer, Map<string, readonly Receiver[]>>();

const tidy = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path);

/** One route for all nodes: those of Express cannot be taken away again but by reaching into it. */
const addressesOf = (server: FormServer): Map<string, readonly Receiver[]> => {
	const known = byServer.get(server);
	if (known !== undefined) return known;
	const addresses = new Map<string, readonly Receiver[]>();
	const route: Middleware = (request, response, next) => {
		const receiver = addresses.get(tidy(request.path))?.[0];
		if (receiver === undefined) next();
		else receiver(request, response);
	};
	server.use(route);
	byServer.set(server, addresses);
	return addresses;
};

/** Receives at an address from now on; undefined where another node has it, which goes on. */
export const receiveAt = (
	server: FormServer,
	path: string,
	receiver: Receiver,
): { readonly stop: () => void; readonly isSecond: boolean } => {
	const addresses = addressesOf(server);
	const others = addresses.get(path) ?? [];
	addresses.set(path, [...others, receiver]);
	return {
		isSecond: others.length > 0,
		stop: () => {
			const left = (addresses.get(path) ?? []).filter((each) => each !== receiver);
			if (left.length === 0) addresses.delete(path);
			else addresses.set(path, left);
		},
	};
};
