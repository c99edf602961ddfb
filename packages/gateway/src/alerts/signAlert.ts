import { createHmac } from 'node:crypto';

/** A secret as Standard Webhooks writes it: base64 behind `whsec_`. Any other text is taken as it stands. */
const secretBytes = (secret: string): Buffer =>
	secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret, 'utf8');

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com). `id` is the same for each try of one message;
 * `nowMs`: when this try leaves, in ms since 1970.
 */
export const signedHeaders = (
	id: string,
	body: string,
	secret: string,
	nowMs: number,
): Readonly<Record<string, string>> => {
	const timestamp = String(Math.floor(nowMs / 1000));
	const signature = createHmac('sha256', secretBytes(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
	return {
		'content-type': 'application/json; charset=utf-8',
		'webhook-id': id,
		'webhook-timestamp': timestamp,
		'webhook-signature': `v1,${signature}`,
	};
};
