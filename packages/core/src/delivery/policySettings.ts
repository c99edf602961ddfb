import { onFirstUse } from '../text/onFirstUse';
import { choices } from '../values/choices';
import { limits } from '../values/limits';
import { defaultReading } from '../values/readingSettings';
import type { SettingFlaw } from '../values/settingFlaw';
import {
	choiceSetting,
	flagSetting,
	numberSetting,
	optional,
	readSettings,
	type Setting,
	textSetting,
} from '../values/settingSchema';
import type { Flow, Policy } from './policy';

/** One setting for each property of `Values`. */
type SettingsFor<Values> = { readonly [Name in keyof Required<Values>]: Setting<Values[Name]> };

/**
 * The one schema of a policy, for both hosts. The default country may be written as people write it, and one that is
 * none is told by each lead whose phone needs it.
 */
export const policySettings = /* @__PURE__ */ onFirstUse(
	() =>
		({
			defaultCountry: textSetting(defaultReading.defaultCountry),
			phone: choiceSetting(choices.phone),
			phoneAsName: flagSetting(true),
			language: optional(choiceSetting(choices.language)),
			unconfirmed: choiceSetting(choices.unconfirmed),
			duplicates: choiceSetting(choices.duplicates),
			duplicateKey: choiceSetting(choices.duplicateKey),
			maxTries: numberSetting(limits.maxTries),
			maxWaitSeconds: numberSetting(limits.maxWaitSeconds),
			timeoutSeconds: numberSetting(limits.timeoutSeconds),
			dryRun: flagSetting(),
		}) satisfies SettingsFor<Policy>,
);

/** The same of how many leads leave. */
export const flowSettings = /* @__PURE__ */ onFirstUse(
	() =>
		({
			concurrency: numberSetting(limits.concurrency),
			maxPerSecond: numberSetting(limits.maxPerSecond),
		}) satisfies SettingsFor<Flow>,
);

/** A policy of what was stored, which may be anything; `flaws` tells which defaults took the place of something set. */
export const readPolicy = (given: unknown): { readonly policy: Policy; readonly flaws: readonly SettingFlaw[] } => {
	const { values, flaws } = readSettings(policySettings(), given);
	const { language, ...policy } = values;
	return { policy: { ...policy, ...(language === undefined ? {} : { language }) }, flaws };
};
