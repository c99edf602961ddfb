import { inboxWords } from '../words';

/** The language that the page came in. */
export const language = document.documentElement.lang === 'ar' ? 'ar' : 'en';
export const words = inboxWords[language];
