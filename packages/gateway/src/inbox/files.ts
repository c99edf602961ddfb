import { pageFiles } from '@icloud-ready/web';
import { join } from 'node:path';

declare const PAGE_IS_BUILT: boolean;

/** What the page loads. The source of this module lies beside it, the built program one folder above. */
export const files = typeof PAGE_IS_BUILT === 'undefined' ? pageFiles(__dirname) : pageFiles(join(__dirname, 'inbox'));
