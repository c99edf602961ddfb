import type { Sender } from './submissions';
import { createHmac } from 'node:crypto';

/** A call as a platform makes it, written from its own documents and not from what receives it. */
export interface GenuineCall {
	readonly method: 'POST' | 'GET';
	readonly headers: Readonly<Record<string, string>>;
	/** What stands behind the address, with its question mark; empty where nothing does. */
	readonly query: string;
	readonly body: string;
}

interface Sending {
	readonly payload: unknown;
	readonly secret: string;
	readonly nowMs: number;
	/** The platform's own for what it sends. */
	readonly id: string;
}

const hmac = (key: string | Buffer, text: string, encoding: 'hex' | 'base64'): string =>
	createHmac('sha256', key).update(text).digest(encoding);

type Headers = Readonly<Record<string, string>>;

const bearer = (_body: string, { secret }: Sending): Headers =>
	secret === '' ? ({} as Headers) : { authorization: `Bearer ${secret}` };

/** The headers that prove a body. */
const proofs: Readonly<Record<Sender, (body: string, sending: Sending) => Headers>> = {
	any: bearer,
	snapchat: bearer,
	meta: (body, { secret }) => ({ 'x-hub-signature-256': `sha256=${hmac(secret, body, 'hex')}` }),
	whatsapp: (body, { secret }) => ({ 'x-hub-signature-256': `sha256=${hmac(secret, body, 'hex')}` }),
	linkedin: (body, { secret }) => ({ 'x-li-signature': hmac(secret, `hmacsha256=${body}`, 'hex') }),
	googleAds: () => ({}),
	tiktok: (body, { secret, nowMs }) => {
		const time = Math.floor(nowMs / 1000);
		return { 'tiktok-signature': `t=${time},s=${hmac(secret, `${time}.${body}`, 'hex')}` };
	},
	typeform: (body, { secret }) => ({ 'typeform-signature': `sha256=${hmac(secret, body, 'base64')}` }),
	tally: (body, { secret }) => ({ 'tally-signature': hmac(secret, body, 'base64') }),
	calendly: (body, { secret, nowMs }) => {
		const time = Math.floor(nowMs / 1000);
		return { 'calendly-webhook-signature': `t=${time},v1=${hmac(secret, `${time}.${body}`, 'hex')}` };
	},
	calcom: (body, { secret }) => ({ 'x-cal-signature-256': hmac(secret, body, 'hex') }),
	webflow: (body, { secret, nowMs }) => ({
		'x-webflow-timestamp': String(nowMs),
		'x-webflow-signature': hmac(secret, `${nowMs}:${body}`, 'hex'),
	}),
	standard: (body, { secret, nowMs, id }) => {
		const time = Math.floor(nowMs / 1000);
		const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
		return {
			'webhook-id': id,
			'webhook-timestamp': String(time),
			'webhook-signature': `v1,${hmac(key, `${id}.${time}.${body}`, 'base64')}`,
		};
	},
};

/** What a platform sends, proven with the secret. `write` makes the bytes; @default JSON without spaces */
export const genuineCall = (
	sender: Sender,
	sending: Sending,
	write: (payload: unknown) => string = JSON.stringify,
): GenuineCall => {
	const { payload, secret } = sending;
	// Google's key is a part of what it sends.
	const body = write(sender === 'googleAds' ? { ...(payload as object), google_key: secret } : payload);
	return {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...proofs[sender](body, sending) },
		query: '',
		body,
	};
};

/** What a platform asks before it sends anything, and the answer that it waits for; undefined: it asks nothing. */
export const challengeOf = (
	sender: Sender,
	{ verifyToken, secret, asked }: { readonly verifyToken: string; readonly secret: string; readonly asked: string },
): { readonly call: GenuineCall; readonly answer: string } | undefined => {
	const get = (query: Readonly<Record<string, string>>): GenuineCall => ({
		method: 'GET',
		headers: {},
		query: `?${String(new URLSearchParams(query))}`,
		body: '',
	});
	switch (sender) {
		case 'meta':
		case 'whatsapp':
			return {
				call: get({ 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': asked }),
				answer: asked,
			};
		case 'linkedin':
			return {
				call: get({ challengeCode: asked }),
				answer: JSON.stringify({ challengeCode: asked, challengeResponse: hmac(secret, asked, 'hex') }),
			};
		default:
			return undefined;
	}
};
