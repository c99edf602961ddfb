import type { Language } from '../text/language';
import type { SettingFlaw } from '../values/settingFlaw';
import { setting as settingArabic, settingLabels as labelsArabic } from './arabic/settings';
import { setting as settingEnglish, settingLabels as labelsEnglish } from './english/settings';

const languages = {
	en: { setting: settingEnglish, labels: labelsEnglish },
	ar: { setting: settingArabic, labels: labelsArabic },
} as const;

/** A setting that was not usable, in plain words: which default is used, then what to do. */
export const settingText = (flaw: SettingFlaw, language: Language = 'en'): string => {
	const { setting, labels } = languages[language];
	return setting(labels[flaw.setting] ?? flaw.setting, flaw);
};
