/**
 * `npm run trial -- NAME --seed 3`: the suites that `npm test` and `.ci/run` take a sample of, whole. Without a seed it is 1,
 * the one that samples are chosen by; where cases are generated, another seed generates others. Counts of the last runs
 * stand in docs/trust.md. `all` runs one after the other.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { prepare, root } from '../build/prepare.mjs';

/** Which script of package.json, with which words that choose its files. */
const trials = {
	hostile: ['test', 'test/hostile', 'test/secrets', 'gateway/inbox', 'gateway/running'],
	orders: ['test', 'outbox/sequences', 'gateway/redisHolds', 'core/forms.property', 'core/reading.property'],
	recognition: ['test', 'core/metamorphic', 'core/internationalPhone'],
	clocks: ['test:hosts', 'gateway/clock', 'gateway/redisClock', 'node-red/clock'],
	damage: ['test', 'outbox/damage.test', 'gateway/damage'],
	salvage: ['test', 'outbox/salvage'],
	disk: ['test', 'outbox/lyingDisk'],
	lists: ['test:hosts', 'node-red/lists'],
	filters: ['test:hosts', 'gateway/filters'],
	outbox: ['test:hosts', 'outbox/many', 'outbox/killed', 'outbox/speed'],
	keys: ['test:hosts', 'gateway/madeUpKeys'],
	gateways: ['test:hosts', 'gateway/twoGateways'],
	redis: ['test:hosts', 'gateway/redisSeeds'],
	limits: ['test:hosts', 'hosts/.*/limit'],
	n8n: ['test:hosts', 'n8n/proxy', 'n8n/outcomes'],
	palette: ['test:hosts', 'node-red/palette'],
	editors: ['test:hosts', 'test/hosts/browser/'],
	simulation: ['simulate', '--seeds', '10000'],
	planted: ['simulate', '--planted', '--seeds', '5000'],
	queue: ['test:queue'],
};

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { seed: { type: 'string', default: '1' } },
});
const names = positionals.includes('all') ? Object.keys(trials) : positionals;
if (names.length === 0 || names.some((name) => trials[name] === undefined) || !/^\d+$/.test(values.seed)) {
	console.error(`npm run trial -- NAME --seed 1, where NAME is one of ${Object.keys(trials).join(', ')}, or all.`);
	process.exit(1);
}

prepare();
const failed = names.filter((name) => {
	const [script, ...words] = trials[name];
	const { status } = spawnSync('npm', ['run', script, '--silent', '--', ...words], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, TEST_CASES: 'all', TEST_SEED: values.seed },
		shell: process.platform === 'win32',
	});
	return status !== 0;
});
if (failed.length > 0) console.error(`Not passed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
