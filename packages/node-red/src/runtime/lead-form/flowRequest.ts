import type { FormRequest } from './httpTypes';

/** Headers that hold a secret, or prove one. */
const secretHeaders = /authorization|cookie|token|signature|secret|api-?key/i;

/** `msg.req` for a flow: what a function may want to know of a call, without what opens a door. */
export const flowRequest = (request: FormRequest): Readonly<Record<string, unknown>> => {
	const { token: _token, 'hub.verify_token': _verifyToken, ...query } = request.query;
	return {
		method: request.method,
		path: request.path,
		query,
		headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => !secretHeaders.test(name))),
		body: undefined,
		params: {},
	};
};
