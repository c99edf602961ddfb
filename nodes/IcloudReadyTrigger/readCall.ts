import { type Call, isRecord } from '../../packages/core/src';
import type { IWebhookFunctions } from 'n8n-workflow';

/** Of n8n's request, what it added while it read the body. */
interface ReadRequest {
	readonly method?: string;
	readonly rawBody?: unknown;
	readonly body?: unknown;
}

type Webhook = Pick<IWebhookFunctions, 'getRequestObject' | 'getHeaderData' | 'getQueryData'>;

const formType = 'application/x-www-form-urlencoded';

/** n8n reads a multipart body itself and keeps no bytes of it; files are nothing of a lead. */
const readFields = (body: unknown): URLSearchParams => {
	const data = isRecord(body) && isRecord(body.data) ? body.data : {};
	return new URLSearchParams(
		Object.entries(data).flatMap(([name, value]) =>
			[value].flat().map((each): [string, string] => [name, String(each ?? '')]),
		),
	);
};

/** A call as it came, with the bytes that platforms sign. */
export const readCall = (n8n: Webhook): Call => {
	const { method = '', rawBody, body }: ReadRequest = n8n.getRequestObject();
	const headers = n8n.getHeaderData() as Call['headers'];
	const call = { method, headers, query: n8n.getQueryData() as Call['query'] };
	if (rawBody instanceof Uint8Array) return { ...call, body: rawBody };
	const fields = new TextEncoder().encode(String(readFields(body)));
	return { ...call, headers: { ...headers, 'content-type': formType }, body: fields };
};
