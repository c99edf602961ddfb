import type { AlertMemory } from '../../alerts/alertMemory';
import { indexKeys } from './redisKeys';
import { textOrNull } from './schema/answers';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';

/** One gateway tells for all; where it is gone another takes over after so long. */
const leaseMs = 60_000;

/** What the gateways of this Redis have told. */
export const createAlertMemory = (redis: Redis): AlertMemory => {
	const me = randomUUID();
	const isMine = async (): Promise<boolean> => {
		if ((await redis.set(indexKeys.alertsBy, me, 'PX', leaseMs, 'NX')) !== null) return true;
		if ((await redis.get(indexKeys.alertsBy)) !== me) return false;
		await redis.pexpire(indexKeys.alertsBy, leaseMs);
		return true;
	};
	return {
		take: async () => {
			try {
				if (!(await isMine())) return { kind: 'elsewhere' };
				return { kind: 'mine', text: textOrNull.parse(await redis.get(indexKeys.alerts)) };
			} catch {
				return { kind: 'unknown' };
			}
		},
		keep: async (text) => {
			await redis.set(indexKeys.alerts, text).catch(() => undefined);
		},
	};
};
