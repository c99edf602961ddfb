import { byId } from '@icloud-ready/web/client';
import type { ScriptWords } from '../page';

/** The page carries its words, in the language that it was asked for in. */
export const words = JSON.parse(byId('words').textContent ?? '{}') as ScriptWords;

/** Puts a value into the place that a text keeps for it. */
export const filled = (text: string, name: string, value: string | number): string =>
	text.replace(`{${name}}`, String(value));
