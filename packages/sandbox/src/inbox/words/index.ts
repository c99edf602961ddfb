import { arabic } from './arabic';
import { english } from './english';
import type { PageWords } from './types';
import type { Language } from '@icloud-ready/core';

export type { PageWords } from './types';

export const pageWords: Readonly<Record<Language, PageWords>> = { en: english, ar: arabic };

/** Puts a value into the place that a text keeps for it. */
export const filled = (text: string, name: string, value: string | number): string =>
	text.replace(`{${name}}`, String(value));
