import { createHmac } from 'node:crypto';

/** Base64, as Standard Webhooks writes a secret: with or without `whsec_` before it, and nothing else. */
const secretForm = /^(?:whsec_)?((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;
/** As the standard demands. */
const fewestBytes = 24;

/** The key of the HMAC; undefined where a text is no such secret: a receiver would make other bytes of it than we do. */
export const signingKey = (secret: string): Buffer | undefined => {
	const bytes = Buffer.from(secretForm.exec(secret)?.[1] ?? '', 'base64');
	return bytes.length < fewestBytes ? undefined : bytes;
};

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com). `id` is the same for each try of one message;
 * `nowMs`: when this try leaves, in ms since 1970.
 */
export const signedHeaders = (
	id: string,
	body: string,
	key: Buffer,
	nowMs: number,
): Readonly<Record<string, string>> => {
	const timestamp = String(Math.floor(nowMs / 1000));
	const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
	return {
		'content-type': 'application/json; charset=utf-8',
		'webhook-id': id,
		'webhook-timestamp': timestamp,
		'webhook-signature': `v1,${signature}`,
	};
};
