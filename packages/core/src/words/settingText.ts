import type { Language } from '../text/language';
import type { SettingFlaw } from '../values/settingFlaw';
import * as arabic from './arabic/settings';
import * as english from './english/settings';

const languages = { en: english, ar: arabic } as const;

/** A setting that was not usable, in plain words: which default is used, then what to do. */
export const settingText = (flaw: SettingFlaw, language: Language = 'en'): string => {
	const { setting, settingLabels } = languages[language];
	return setting(settingLabels[flaw.setting] ?? flaw.setting, flaw);
};
