import { join } from 'node:path';
import { pageFiles } from '../../../sandbox/src/inbox/pageFiles';

declare const PAGE_IS_BUILT: boolean;

const sandboxInbox = '../../../sandbox/src/inbox';

/** What the page loads. The source of this module lies beside it, the built program one folder above. */
export const files = typeof PAGE_IS_BUILT === 'undefined' ? pageFiles(__dirname, join(__dirname, sandboxInbox)) : pageFiles(join(__dirname, 'inbox'));
