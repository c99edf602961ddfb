/**
 * Node's environment of jest, and in it `sharedByFiles`: what all files of one process share, such as a host that takes
 * longer to start than a file to run. Jest runs each file in a realm of its own; only what stands here outlives it.
 * `sharedFolder` is removed when the process ends.
 */
const { TestEnvironment } = require('jest-environment-node');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { endAsyncStorages } = require('../../scripts/check/asyncStorages.cjs');

const sharedByFiles = new Map();
const sharedFolder = mkdtempSync(join(tmpdir(), 'icloud-ready-shared-'));
process.once('exit', () => rmSync(sharedFolder, { recursive: true, force: true }));

module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.sharedByFiles = sharedByFiles;
		this.global.sharedFolder = sharedFolder;
	}

	async teardown() {
		await super.teardown();
		endAsyncStorages();
	}
};
