import hosts from '../jest.config.mjs';

/** n8n in queue mode, run by `npm run test:queue`. */
export default {
	...hosts,
	rootDir: '../../..',
	roots: ['<rootDir>/test/hosts/queue'],
	testPathIgnorePatterns: ['/node_modules/'],
	testSequencer: '<rootDir>/test/hosts/queue/testSequencer.cjs',
};
