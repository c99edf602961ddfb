import { inboxWords } from '../words';
import { listWords as wordsOfLists } from '@icloud-ready/outbox/view/listWords';

/** The language that the page came in. */
export const language = document.documentElement.lang === 'ar' ? 'ar' : 'en';
export const words = inboxWords[language];
export const listWords = wordsOfLists[language];
