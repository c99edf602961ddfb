const { basename } = require('node:path');

/** Three files share two workers, and the last of them kills one. */
const order = ['duplicates', 'limit', 'killed', 'gateways'];
const placeOf = ({ path }) => order.indexOf(basename(path, '.test.ts'));

module.exports = class TestSequencer {
	sort(tests) {
		return [...tests].sort((one, other) => placeOf(one) - placeOf(other));
	}

	shard(tests) {
		return tests;
	}

	allFailedTests(tests) {
		return tests;
	}

	cacheResults() {
		// The order needs nothing of earlier runs.
	}
};
