import type { IncomingMessage } from 'node:http';

/** Whoever sends more than this gets its answer in the middle. */
const mostPassedBytes = 64 * 1024 * 1024;

/**
 * Resolves when the rest of a body has come and is thrown away. A client that still writes when its connection is closed
 * sees a broken connection and not the answer, and would have to think that its lead might have been created.
 */
export const letPass = async (incoming: IncomingMessage): Promise<void> =>
	await new Promise((resolve) => {
		let passedBytes = 0;
		incoming.on('data', (part: Buffer) => {
			passedBytes += part.length;
			if (passedBytes > mostPassedBytes) resolve();
		});
		incoming.once('end', resolve);
		incoming.once('error', () => resolve());
		incoming.once('close', resolve);
	});
