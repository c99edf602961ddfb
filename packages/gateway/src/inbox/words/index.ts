import { arabic } from './arabic';
import { english } from './english';
import type { InboxWords } from './types';
import type { Language } from '@icloud-ready/core';

export const inboxWords: Readonly<Record<Language, InboxWords>> = { en: english, ar: arabic };
