import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

// Found, or installed, while the file is loaded: a test has less time than that may take.
const executablePath = execFileSync(process.execPath, [join(__dirname, '../../../scripts/hosts/chromium.mjs')], {
	encoding: 'utf8',
	stdio: ['ignore', 'pipe', 'inherit'],
}).trim();

/**
 * Without a sandbox of its own, which it refuses to open for root, and without calls to its maker. Nothing leaves this
 * machine, since what runs here may not depend on what answers elsewhere; to stop each request instead would turn off the
 * browser's cache, and both editors are many megabytes.
 */
const args = [
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** One Chromium for all tests of a file. */
export const useBrowser = (): (() => Browser) => {
	let browser: Browser | undefined;
	beforeAll(async () => {
		browser = await chromium.launch({ executablePath, args });
	});
	afterAll(async () => {
		await browser?.close();
	});
	return () => {
		if (browser === undefined) throw new Error('The browser is not open yet.');
		return browser;
	};
};
