/**
 * `npm run test:hosts`: the packed packages in real hosts. The first run installs the hosts into a cache folder outside
 * the checkout. Words after `--` choose test files: `npm run test:hosts -- node-red`. Those of the gateway start a Redis,
 * which Debian is asked for where there is none.
 */
import { prepare } from '../build/prepare.mjs';
import { provideRedis } from '../hosts/programs.mjs';
import { runJest } from './runJest.mjs';

const chosen = process.argv.slice(2);
prepare();
if (chosen.length === 0 || chosen.some((word) => /gateway|^test\/hosts\/?$/.test(word)))
	provideRedis((line) => console.error(line));
runJest('test/hosts/jest.config.mjs', chosen);
