/**
 * `npm run test:queue`: the packed n8n node in queue mode, over two workers. Brings its own PostgreSQL and Redis up; no
 * service of this machine is touched.
 */
import { prepare } from '../build/prepare.mjs';
import { provideDatabases } from '../hosts/programs.mjs';
import { runJest } from './runJest.mjs';

prepare();
provideDatabases((line) => console.error(line));
runJest('test/hosts/queue/jest.config.mjs', process.argv.slice(2));
