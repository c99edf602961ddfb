/**
 * In which order jest runs the files of tests: the largest first, so that the workers end at about the same time, and that of
 * all patterns last, since whatever a worker runs after it runs its own patterns many times as slow.
 */
const { statSync } = require('node:fs');

const isLast = ({ path }) => /[\\/]hostile[\\/]regexes\.test\.ts$/.test(path);
/** It takes as long as the ten largest together. */
const isFirst = ({ path }) => /[\\/]simulation[\\/]simulation\.test\.ts$/.test(path);
const size = ({ path }) => statSync(path).size;

module.exports = class TestSequencer {
	sort(tests) {
		return [...tests].sort(
			(one, other) =>
				Number(isLast(one)) - Number(isLast(other)) ||
				Number(isFirst(other)) - Number(isFirst(one)) ||
				size(other) - size(one),
		);
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
