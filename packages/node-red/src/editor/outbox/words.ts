import type { Translate } from '../dialog/words';
import { listWords } from '@icloud-ready/outbox/view/listWords';
import type { ListWords } from '@icloud-ready/outbox/view/words/types';

/** What the tab says: words of its own from the locale, and those that all lists of leads share. */
export interface PanelWords {
	readonly own: Translate;
	readonly list: ListWords;
}

export const panelWords = (own: Translate): PanelWords => ({
	own,
	list: listWords[own('language').startsWith('ar') ? 'ar' : 'en'],
});
