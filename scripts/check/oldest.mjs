/** `npm run test:oldest`: the packed n8n package in the oldest n8n that it is for, by the tests of what users see first. */
import { prepare } from '../build/prepare.mjs';
import { runJest } from './runJest.mjs';

/** The rest is about n8n's own insides, which the newest shows as well. */
const files = ['n8n/credential', 'n8n/outcomes', 'n8n/form', 'n8n/fields', 'n8n/golden'];

prepare();
const words = process.argv.slice(2);
runJest('test/hosts/jest.config.mjs', words.length > 0 ? words : files, { ICLOUD_READY_N8N: 'n8n-oldest' });
