import { pageFiles } from '@icloud-ready/web';
import { join } from 'node:path';

// The page's parts lie in `inbox/` beside this file, in the source as in the built package.
export const assets = pageFiles(join(__dirname, 'inbox'));
