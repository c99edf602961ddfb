/**
 * Node's environment of jest, and in it `sharedByFiles`: what all files of one process share, such as a host that takes
 * longer to start than a file to run. Jest runs each file in a realm of its own; only what stands here outlives it.
 */
const { TestEnvironment } = require('jest-environment-node');

const sharedByFiles = new Map();

module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.sharedByFiles = sharedByFiles;
	}
};
