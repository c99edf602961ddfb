import { receivingHostOf } from '@icloud-ready/core';
import * as crypto from 'node:crypto';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The core's host for receiving, over Node's own crypto. */
export const receivingHost = receivingHostOf(crypto, {
	fromBase64: (text) => Buffer.from(text, 'base64'),
	decode: (bytes) => decoder.decode(bytes),
	encode: (text) => Buffer.from(text),
	now: Date.now,
});
