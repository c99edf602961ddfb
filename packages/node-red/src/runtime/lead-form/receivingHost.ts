import type { ReceivingHost } from '@icloud-ready/core';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const decoder = new TextDecoder('utf-8', { fatal: true });
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The core's host for receiving, over Node's own crypto. */
export const receivingHost: ReceivingHost = {
	hmac: (key, parts, encoding) => {
		const hmac = createHmac('sha256', key);
		for (const part of parts) hmac.update(part);
		return hmac.digest(encoding);
	},
	digest: (bytes) => createHash('sha256').update(bytes).digest('base64url'),
	// Hashes are of one length, which the comparison wants.
	isEqual: (one, other) => timingSafeEqual(hash(one), hash(other)),
	fromBase64: (text) => Buffer.from(text, 'base64'),
	text: (bytes) => {
		try {
			return decoder.decode(bytes);
		} catch {
			return undefined;
		}
	},
	now: Date.now,
};
