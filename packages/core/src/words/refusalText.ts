import type { CallRefusal } from '../outcome/callRefusal';
import type { Language } from '../text/language';
import { refusals as arabic } from './arabic/receiving';
import { refusals as english } from './english/receiving';
import type { Explanation } from './types';

const languages: Readonly<Record<Language, Readonly<Record<CallRefusal, Explanation>>>> = { en: english, ar: arabic };

/** Why a call was not answered by 200, in plain words: what happened, then what to do. */
export const refusalText = (refusal: CallRefusal, language: Language = 'en'): Explanation =>
	languages[language][refusal];
