/** Real hosts: slow to start, one after the other, run by `npm run test:hosts`; `queue` needs databases and has its own. */
export default {
	rootDir: '../..',
	roots: ['<rootDir>/test/hosts'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/hosts/queue/'],
	transform: { '\\.[cm]?tsx?$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
	testEnvironment: '<rootDir>/test/hosts/environment.cjs',
	testTimeout: 180_000,
	maxWorkers: 1,
	// A test that ran into its limit may wait for something still; the run ends all the same.
	forceExit: true,
	verbose: true,
};
