import hosts from '../jest.config.mjs';

/** n8n in queue mode, run by `npm run test:queue`. */
export default {
	...hosts,
	rootDir: '../../..',
	roots: ['<rootDir>/test/hosts/queue'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 300_000,
	testSequencer: '<rootDir>/test/hosts/queue/testSequencer.cjs',
};
