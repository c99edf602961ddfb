import { type Alert, type AlertMessage, alertText } from '@icloud-ready/core';
import { createHash } from 'node:crypto';

const iso = (ms: number): string => new Date(ms).toISOString();

/** `nowMs`: milliseconds since 1970. */
export const alertMessage = (alert: Alert, nowMs: number): AlertMessage => {
	const { kind, state, organizationId, count, why, sinceMs, overMs } = alert;
	const context = { place: 'gateway', name: organizationId ?? '' } as const;
	return {
		type: `alert.${kind}.${state}`,
		timestamp: iso(nowMs),
		data: {
			kind,
			state,
			organizationId: organizationId ?? null,
			count,
			why: why ?? null,
			since: iso(sinceMs),
			over: overMs === undefined ? null : iso(overMs),
			en: alertText(alert, context, 'en'),
			ar: alertText(alert, context, 'ar'),
		},
	};
};

/** The same for each try to tell one alert, another for each alert: by it a receiver knows a repeat. */
export const alertId = ({ kind, state, organizationId = '', sinceMs, overMs = 0 }: Alert, day: number): string => {
	const parts = [kind, state, organizationId, sinceMs, overMs, state === 'still' ? day : ''];
	return `alert_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
};
