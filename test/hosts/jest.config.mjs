import { timed } from './timed.mjs';

const swc = { jsc: { target: 'es2022' } };
const files = timed.map((name) => `<rootDir>/test/hosts/${name}.test.ts`);
/** `only`: those that measure time; `none`: all but those; all of them where nothing is said. */
const which = process.env.HOSTS_TIMED ?? '';

/** Real hosts: slow to start, one after the other, run by `npm run test:hosts`; `queue` needs databases and has its own. */
export default {
	rootDir: '../..',
	roots: ['<rootDir>/test/hosts'],
	testMatch: which === 'only' ? files : ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/hosts/queue/', ...(which === 'none' ? files : [])],
	globalSetup: '<rootDir>/scripts/check/bundleTests.mjs',
	globalTeardown: '<rootDir>/scripts/check/removeBundles.mjs',
	transform: {
		'\\.test\\.ts$': ['<rootDir>/scripts/check/bundledTest.cjs', swc],
		'\\.[cm]?tsx?$': ['@swc/jest', swc],
	},
	testEnvironment: '<rootDir>/test/hosts/environment.cjs',
	// Only against hanging, for a start of n8n on a machine that does much else.
	testTimeout: 400_000,
	// In one process, whose files share a host (`sharedByFiles`).
	maxWorkers: 1,
	// A test that ran into its limit may wait for something still; the run ends all the same.
	forceExit: true,
	verbose: true,
};
