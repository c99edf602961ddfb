import accountArabic from '../../locales/ar/icloud-ready-account.json';
import createLeadArabic from '../../locales/ar/icloud-ready-create-lead.json';
import accountEnglish from '../../locales/en-US/icloud-ready-account.json';
import createLeadEnglish from '../../locales/en-US/icloud-ready-create-lead.json';
import type { Language } from '@icloud-ready/core';

interface Words {
	readonly [key: string]: string | Words;
}

const locales = {
	account: { en: accountEnglish, ar: accountArabic },
	createLead: { en: createLeadEnglish, ar: createLeadArabic },
} as const;

/** Words by dotted key, with its blanks `__name__` filled in. */
export type Say = (key: string, blanks?: Readonly<Record<string, string | number>>) => string;

/**
 * Words of a node's locale for answers to its dialog. Node-RED's own `RED._` speaks the language of the server, and a
 * dialog that of the browser.
 */
export const localeWords =
	(node: keyof typeof locales, language: Language): Say =>
	(key, blanks = {}) => {
		const found = key
			.split('.')
			.reduce<string | Words | undefined>(
				(words, part) => (typeof words === 'object' ? words[part] : undefined),
				locales[node][language],
			);
		return typeof found !== 'string'
			? key
			: found.replace(/__(\w+?)__/g, (blank, name: string) => String(blanks[name] ?? blank));
	};
