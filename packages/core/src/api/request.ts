import type { Lead } from '../catalog/fields';
import { type ShownRequest, hidden } from '../outcome/shownRequest';
import { memoize } from '../text/memoize';
import { defaultBaseUrl } from './apiDefaults';

/** Where leads go: one organization of one account. */
export interface Connection {
	readonly baseUrl: string;
	readonly organizationId: string;
	/** Absent where the host adds the key itself (n8n). */
	readonly apiKey?: string;
	/** The base URL is that of a gateway, which takes any number of sendings with one `Idempotency-Key` for one lead. */
	readonly gateway?: boolean;
}

/** One sending, ready for an HTTP client; `body` is JSON text. */
export interface LeadRequest {
	readonly method: 'POST';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** A question to a gateway: what became of a lead that it has taken. */
export interface LeadStatusRequest {
	readonly method: 'GET';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: undefined;
}

/** What a sending tells a gateway beside the lead. */
export interface Keyed {
	/** 1 to 255 visible ASCII characters, the same for each sending of one lead. */
	readonly idempotencyKey: string;
	/** How long the gateway may wait for the outcome before it answers. */
	readonly waitSeconds: number;
}

/** Base URL without what people paste along with it: spaces, a final slash, `/leads` itself. Empty: the API's own. */
export const tidyBaseUrl = memoize(
	(baseUrl: string): string =>
		baseUrl
			.trim()
			.replace(/(?<!\/)\/+$/, '')
			.replace(/\/leads$/, '') || defaultBaseUrl,
);

/** As an HTTP client reads it: one host has many spellings. Undefined where it is no web address. */
const webAddress = memoize((baseUrl: string): URL | undefined => {
	try {
		const url = new URL(tidyBaseUrl(baseUrl));
		return /^https?:$/.test(url.protocol) ? url : undefined;
	} catch {
		return undefined;
	}
});

/** A name with a dot behind it is the same host. */
const hostnameOf = ({ hostname }: URL): string => hostname.replace(/(?<!\.)\.+$/, '');

/**
 * Host and port of a base URL, the same for every spelling of it; the text itself where it is no URL. A port that goes
 * without saying, names and passwords are left out.
 */
export const hostOf = memoize((baseUrl: string): string => {
	const url = webAddress(baseUrl);
	if (url !== undefined) return `${hostnameOf(url)}${url.port === '' ? '' : `:${url.port}`}`;
	return /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#]*@)?([^/?#]+)/i.exec(tidyBaseUrl(baseUrl))?.[1] ?? tidyBaseUrl(baseUrl);
});

const apiHost = hostOf(defaultBaseUrl);

/**
 * Whether leads go to a gateway. The API itself is none, whatever an account says and however its host is spelled, at any
 * port: it takes a second sending for a second lead. Nor is what is no web address.
 */
export const isGateway = ({ baseUrl, gateway }: Connection): boolean => {
	const url = gateway === true ? webAddress(baseUrl) : undefined;
	return url !== undefined && hostnameOf(url) !== apiHost;
};

/** Space around either, pasted along, is taken off. */
const accountHeaders = ({ organizationId, apiKey }: Connection): Readonly<Record<string, string>> => ({
	accept: 'application/json',
	...(organizationId.trim() === '' ? {} : { organizationId: organizationId.trim() }),
	...(apiKey === undefined ? {} : { 'x-api-key': apiKey.trim() }),
});

const gatewayHeaders = ({ idempotencyKey, waitSeconds }: Keyed): Readonly<Record<string, string>> => ({
	'idempotency-key': idempotencyKey,
	prefer: `wait=${waitSeconds}`,
});

/**
 * The one request of the API's guide. `organizationId` is left out where there is none, `x-api-key` where the host adds it.
 * What `keyed` holds is told to a gateway and never to the API itself.
 */
export const buildRequest = (lead: Lead, connection: Connection, keyed?: Keyed): LeadRequest =>
	requestWithBody(JSON.stringify(lead), connection, keyed);

/** The same for a lead that is JSON text already, which is sent as it is. */
export const requestWithBody = (body: string, connection: Connection, keyed?: Keyed): LeadRequest => ({
	method: 'POST',
	url: `${tidyBaseUrl(connection.baseUrl)}/leads`,
	headers: {
		'content-type': 'application/json',
		...accountHeaders(connection),
		...(keyed !== undefined && isGateway(connection) ? gatewayHeaders(keyed) : {}),
	},
	body,
});

/** What became of the lead that a gateway keeps under this id. */
export const buildStatusRequest = (id: string, connection: Connection): LeadStatusRequest => ({
	method: 'GET',
	url: `${tidyBaseUrl(connection.baseUrl)}/leads/${encodeURIComponent(id)}`,
	headers: accountHeaders(connection),
});

/**
 * Whether the key and the organization can stand in a header: letters, digits and signs of ASCII. A line break would begin
 * another header, and some clients leave such characters out, so that the lead would go to another organization.
 */
export const isSendable = ({ organizationId, apiKey = '' }: Connection): boolean =>
	/^[\x20-\x7e]*$/.test(organizationId.trim() + apiKey.trim());

/** A copy for showing. The key is replaced where it is copied, and shown as hidden also where the host adds it later. */
export const shownRequest = (lead: Lead, connection: Connection): ShownRequest => {
	const { method, url, headers } = buildRequest(lead, connection);
	return { method, url: url.replace(/\/\/[^/?#]*@/, '//'), headers: { ...headers, 'x-api-key': hidden }, body: lead };
};
