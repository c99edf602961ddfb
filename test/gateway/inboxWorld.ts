import { openWorld, type World } from './world';

export const adminToken = 'the token of whoever runs it';
const origin = 'http://gateway.test';

export interface Got {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	readonly json: Readonly<Record<string, unknown>>;
}

interface Asking {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly from?: string;
}

/** A gateway with an inbox page, and a browser before it. */
export interface InboxWorld extends World {
	/** As a browser would that holds no cookie. */
	readonly ask: (path: string, asking?: Asking) => Promise<Got>;
	/** The same, as a page of the gateway itself would. */
	readonly askAs: (cookie: string, path: string, asking?: Asking) => Promise<Got>;
	readonly signIn: (token: string, more?: Asking) => Promise<Got>;
	/** The cookie of somebody who signed in. */
	readonly cookie: () => Promise<string>;
}

export const ownPage = { host: 'gateway.test', origin } as const;

export const openInboxWorld = async (
	...[api, changed = {}, ...rest]: Parameters<typeof openWorld>
): Promise<InboxWorld> => {
	const world = await openWorld(api, { adminToken, ...changed }, ...rest);
	const ask: InboxWorld['ask'] = async (path, { method = 'GET', headers = {}, body, from = '192.0.2.1' } = {}) => {
		const response = await world.gateway.app.request(
			`${origin}${path}`,
			{ method, headers, ...(body === undefined ? {} : { body }) },
			{ incoming: { socket: { remoteAddress: from } }, outgoing: {} },
		);
		const text = await response.text();
		const json = /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as Got['json']) : {};
		return { status: response.status, headers: response.headers, text, json };
	};
	const signIn: InboxWorld['signIn'] = async (token, { headers = ownPage, ...more } = {}) =>
		await ask('/inbox/sign-in', {
			method: 'POST',
			body: new URLSearchParams({ token }).toString(),
			...more,
			headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
		});
	return {
		...world,
		ask,
		signIn,
		askAs: async (cookie, path, asking = {}) =>
			await ask(path, {
				...asking,
				headers: {
					...ownPage,
					cookie,
					...(asking.body === undefined ? {} : { 'content-type': 'application/json' }),
					...asking.headers,
				},
			}),
		cookie: async () => (await signIn(adminToken)).headers.get('set-cookie')?.split(';')[0] ?? '',
	};
};
