import type { AccountFacts } from '../../../packages/node-red/src/runtime/account/accountFacts';
import type { AlertMemory, Remembered } from '../../../packages/node-red/src/runtime/alerts/alertMemory';
import { type AlertMessage, alertMessage } from '../../../packages/node-red/src/runtime/alerts/alertMessage';
import { watchAccount } from '../../../packages/node-red/src/runtime/alerts/watchAccount';
import type { DeliveryFacts } from '../../../packages/core/src';

const well: DeliveryFacts = { held: [], waiting: 0, unconfirmed: 0, isStoreAway: false, isRecordAway: false };
export const startMs = 1_800_000_000_000;
export const secondMs = 1000;
export const minuteMs = 60 * secondMs;

/** An account that knows what a test says, watched on a clock that a test moves. */
export interface WatchedAccount {
	/** Each message with the second since the start at which it left. */
	readonly told: readonly { readonly second: number; readonly message: AlertMessage }[];
	/** `state kind` of each. */
	readonly words: () => readonly string[];
	facts: Partial<DeliveryFacts>;
	isSettled: boolean;
	readonly unwritten: () => number;
	readonly open: () => number;
	/** Sets the time of day; the other clock goes on. */
	readonly setClock: (offsetMs: number) => void;
	readonly advance: (ms: number) => Promise<void>;
	/** Closes the node and starts it anew, on what it wrote. */
	readonly restart: () => Promise<void>;
	readonly close: () => Promise<void>;
}

/** Keeps what is written, and can be told to fail. */
export const memoryOf = (): Pick<AlertMemory, 'read' | 'write'> & { kept: Remembered; isFull: boolean } => {
	const memory = {
		kept: { alerts: new Map() } as Remembered,
		isFull: false,
		read: async (): Promise<Remembered> => await Promise.resolve(memory.kept),
		write: async (remembered: Remembered): Promise<void> => {
			await Promise.resolve();
			if (memory.isFull) throw new Error('ENOSPC');
			memory.kept = remembered;
		},
	};
	return memory;
};

const settle = async (): Promise<void> => {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** Starts to watch. `waitingMinutes` as people set it. */
export const watched = async (
	memory: Pick<AlertMemory, 'read' | 'write'> = memoryOf(),
	waitingMinutes = 30,
): Promise<WatchedAccount> => {
	let [elapsedMs, offsetMs, unwritten, open] = [0, 0, 0, 0];
	let [isStopped, running] = [false, Promise.resolve()];
	let sleeper: { readonly untilMs: number; readonly wake: () => void } | undefined;
	const told: WatchedAccount['told'][number][] = [];
	const start = (): void => {
		isStopped = false;
		running = watchAccount({
			waitingMinutes,
			memory,
			facts: async (): Promise<AccountFacts> =>
				await Promise.resolve({ isSettled: world.isSettled, delivery: { ...well, ...world.facts } }),
			tell: (alert) =>
				told.push({
					second: elapsedMs / secondMs,
					message: alertMessage(alert, { account: 'Nile View', organizationId: 'org-1', language: 'en' }),
				}),
			onLooked: (count) => {
				open = count;
			},
			onUnwritten: () => {
				unwritten++;
			},
			now: () => startMs + elapsedMs + offsetMs,
			monotonicMs: () => elapsedMs,
			sleep: async (ms) => {
				if (isStopped) return;
				await new Promise<void>((wake) => {
					sleeper = { untilMs: elapsedMs + ms, wake };
				});
			},
			stopped: () => isStopped,
		});
	};
	const close = async (): Promise<void> => {
		isStopped = true;
		sleeper?.wake();
		await running;
	};
	const world: WatchedAccount = {
		told,
		words: () => told.map(({ message: { alert } }) => `${alert.state} ${alert.kind}`),
		facts: {},
		isSettled: true,
		unwritten: () => unwritten,
		open: () => open,
		setClock: (ms) => {
			offsetMs = ms;
		},
		advance: async (ms) => {
			const endMs = elapsedMs + ms;
			while (sleeper !== undefined && sleeper.untilMs <= endMs) {
				elapsedMs = sleeper.untilMs;
				const { wake } = sleeper;
				sleeper = undefined;
				wake();
				await settle();
			}
			elapsedMs = endMs;
		},
		close,
		restart: async () => {
			await close();
			start();
			await settle();
		},
	};
	start();
	await settle();
	return world;
};
