/** `npm test`: installs and builds what is missing, then runs every test that needs no host of its own. */
import { prepare } from '../build/prepare.mjs';
import { runJest } from './runJest.mjs';

prepare();
runJest('jest.config.mjs', process.argv.slice(2));
