import { availableParallelism } from 'node:os';

/** Everything but `test/hosts`, which starts real hosts and runs by itself (`npm run test:hosts`). */
const swc = { jsc: { target: 'es2022' } };

export default {
	roots: ['<rootDir>/test'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/hosts/'],
	modulePathIgnorePatterns: ['<rootDir>/.node-red/', '<rootDir>/.n8n/'],
	testMatch: ['**/*.test.ts'],
	testEnvironment: '<rootDir>/scripts/check/testEnvironment.cjs',
	globalSetup: '<rootDir>/scripts/check/bundleTests.mjs',
	globalTeardown: '<rootDir>/scripts/check/removeBundles.mjs',
	transform: {
		'\\.test\\.ts$': ['<rootDir>/scripts/check/bundledTest.cjs', swc],
		'\\.[cm]?tsx?$': ['@swc/jest', swc],
	},
	// Only against hanging: what a busy machine takes fifty times as long for has not failed.
	testTimeout: 900_000,
	// More than there are cores, since some tests wait for a time that is to pass; by itself jest leaves a core to others.
	maxWorkers: Math.ceil(1.5 * availableParallelism()),
	// A process keeps something of each file; one that is large ends slowly, and jest takes that for a leak of a test.
	workerIdleMemoryLimit: '400MB',
	testSequencer: '<rootDir>/scripts/check/testSequencer.cjs',
};
