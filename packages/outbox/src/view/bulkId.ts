/** Names a bulk action, so that a part of it that is asked for again is not done twice. */
export const newBulkId = (): string =>
	[...globalThis.crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
