import { defineScripts } from './luaScripts';
import type { Redis, RedisOptions } from 'ioredis';

/** The connections that a gateway shares among all its queues; each worker has one more of its own. */
export interface Connections {
	/** For those who wait for an answer: fails at once where Redis is away. */
	readonly commands: Redis;
	/** For what is to be done however long it takes: waits until Redis is back. */
	readonly blocking: Redis;
	/** Hears what other gateways tell. */
	readonly subscriber: Redis;
	readonly close: () => void;
}

/** Redis answers within some ms; who waits for a lead to be taken is told within this that it is not. */
const answerWithinMs = 3000;
/** Once a second it is tried whether Redis is back, by three connections of each gateway. */
const maxPauseMs = 1000;
/** Time for TLS over a slow way, and little enough that a start says soon what is wrong. */
const connectWithinMs = 5000;

const common: RedisOptions = {
	connectTimeout: connectWithinMs,
	retryStrategy: (times) => Math.min(maxPauseMs, 50 * 2 ** Math.min(times, 5)),
	enableReadyCheck: true,
};

/** An error that names neither the address nor its password. */
export const unreachable = (code: string | undefined): Error =>
	Object.assign(new Error('Redis cannot be reached.'), { code: 'REDIS', cause: { code } });

/** What Redis itself said, with nothing that was sent. */
export const codeOf = (error: unknown): string => {
	const { code, message = '' } = error as NodeJS.ErrnoException;
	if (message === 'Command timed out') return 'ETIMEDOUT';
	return code ?? /^[A-Z]{3,20}(?= )/.exec(message)?.[0] ?? 'unknown';
};

/**
 * Listens to what clients meet, since without a listener they print it. What was refused is often told by an event alone,
 * while whoever asked hears that the connection is closed, now or a moment later; and what comes after it names nothing.
 */
const createErrorCodes = (clients: readonly Redis[]): ((error: unknown) => Promise<string | undefined>) => {
	let known: string | undefined;
	const learn = (error: unknown): void => {
		const code = codeOf(error);
		if (code !== 'unknown') known = code;
	};
	for (const client of clients) client.on('error', learn);
	return async (error) => {
		learn(error);
		if (known === undefined) await new Promise((resolve) => setImmediate(resolve));
		return known;
	};
};

/**
 * Connects, and waits until Redis has answered to the password: without a ready check the client counts as connected before,
 * and what is asked after a refusal is told of a closed connection alone. What Redis answers to PING is no matter here.
 */
const letIn = async (client: Redis): Promise<void> => {
	await client.connect();
	await client.ping().catch((error: Error) => {
		if (error.name !== 'ReplyError' || codeOf(error) === 'WRONGPASS') throw error;
	});
};

/** What has to be seen of a Redis before it is used; rejects where it cannot be. */
export type Look<Seen> = (commands: Redis, subscriber: Redis) => Promise<Seen>;

/**
 * Lets `look` see a Redis over connections of their own, which take an answer also while Redis loads its data, and print
 * nothing where they may not ask for INFO. Rejects where Redis does not let them in, or as `look` does.
 */
export const lookAt = async <Seen>(url: string, look: Look<Seen>): Promise<Seen> => {
	const { Redis: Client } = await import('ioredis');
	const options: RedisOptions = {
		...common,
		enableReadyCheck: false,
		lazyConnect: true,
		autoResubscribe: false,
		maxRetriesPerRequest: 0,
		commandTimeout: answerWithinMs,
	};
	const both = [new Client(url, options), new Client(url, options)] as const;
	const errorCodeOf = createErrorCodes(both);
	try {
		try {
			for (const client of both) await letIn(client);
		} catch (error) {
			throw unreachable(await errorCodeOf(error));
		}
		return await look(...both);
	} finally {
		for (const client of both) client.disconnect();
	}
};

/** Opens the shared connections. Rejects where Redis does not let them in. */
export const openConnections = async (url: string, onAway: (isAway: boolean) => void): Promise<Connections> => {
	const { Redis: Client } = await import('ioredis');
	const commands = new Client(url, {
		...common,
		lazyConnect: true,
		enableOfflineQueue: false,
		maxRetriesPerRequest: 0,
		commandTimeout: answerWithinMs,
	});
	const blocking = new Client(url, { ...common, lazyConnect: true, maxRetriesPerRequest: null });
	// The client's own way to subscribe anew ends the process where Redis refuses that.
	const subscriber = new Client(url, {
		...common,
		lazyConnect: true,
		maxRetriesPerRequest: null,
		autoResubscribe: false,
		commandTimeout: answerWithinMs,
	});
	const all = [commands, blocking, subscriber];
	const errorCodeOf = createErrorCodes(all);
	const close = (): void => {
		for (const client of all) client.disconnect();
	};

	for (const client of all) {
		try {
			await client.connect();
			await client.ping();
		} catch (error) {
			const code = await errorCodeOf(error);
			close();
			throw unreachable(code);
		}
	}
	let isAway = false;
	const note = (away: boolean) => (): void => {
		if (away === isAway) return;
		isAway = away;
		onAway(away);
	};
	commands.on('close', note(true)).on('ready', note(false));
	return { commands: defineScripts(commands), blocking: defineScripts(blocking), subscriber: subscriber, close };
};

const placeOf = (url: string): string => {
	try {
		const { hostname, port } = new URL(url);
		return `${hostname}:${port === '' ? '6379' : port}`;
	} catch {
		return '';
	}
};

/** Where leads are kept, with neither user nor password. */
export const shownRedis = (url: string): string => `Redis at ${placeOf(url)}`;
