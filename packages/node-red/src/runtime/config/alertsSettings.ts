import { alertMinutesLimit } from '../../alerts';
import { numberSetting, onFirstUse, readSettings, type SettingFlaw } from '@icloud-ready/core';
import type { NodeDef } from 'node-red';

/** An alerts node's properties as the editor saves them; a flow that was written by hand may hold anything. */
export interface AlertsConfig extends NodeDef {
	readonly account?: unknown;
	readonly minutes?: unknown;
}

export interface AlertsSettings {
	/** How long leads may wait until somebody is told, in minutes. 1 to 43,200. @default 30 */
	readonly minutes: number;
}

const settings = onFirstUse(() => ({ minutes: numberSetting(alertMinutesLimit) }));

/** A node's settings, each gap filled by its default; `flaws` tells which took the place of what somebody set. */
export const readAlertsSettings = (
	config: unknown,
): { readonly settings: AlertsSettings; readonly flaws: readonly SettingFlaw[] } => {
	const { values, flaws } = readSettings(settings(), config);
	return { settings: values, flaws };
};
