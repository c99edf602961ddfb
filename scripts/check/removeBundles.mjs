import { rmSync } from 'node:fs';

/** What jest calls after the last test. */
export default () => {
	const folder = process.env.TESTS_BUNDLED;
	if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
};
