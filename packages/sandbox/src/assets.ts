import { join } from 'node:path';
import { pageFiles } from './inbox/pageFiles';

// The page's parts lie in `inbox/` beside this file, in the source as in the built package.
export const assets = pageFiles(join(__dirname, 'inbox'));
