import { arabic } from './words/arabic';
import { english } from './words/english';
import type { ListWords } from './words/types';
import type { Language } from '@icloud-ready/core';

export const listWords: Readonly<Record<Language, ListWords>> = { en: english, ar: arabic };
