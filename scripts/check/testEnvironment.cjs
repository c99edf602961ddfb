/** Node's environment of jest, which leaves nothing behind that slows down the files after it. */
const { TestEnvironment } = require('jest-environment-node');
const { endAsyncStorages } = require('./asyncStorages.cjs');

module.exports = class extends TestEnvironment {
	async teardown() {
		await super.teardown();
		endAsyncStorages();
	}
};
