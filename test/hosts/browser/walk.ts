import { type Look, openVisit, type Visit } from './visit';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

interface Place {
	readonly browser: () => Browser;
	readonly url: () => string;
	/** How the first page comes up; by default `url` is opened. An editor takes seconds to load, so it is not opened twice. */
	readonly open?: (visit: Visit) => Promise<void>;
}

/** A test in a fresh browser window. The page may report no error; where the test fails, what was seen is kept and told. */
export const walk = (
	name: string,
	{ browser, url, open = async ({ page }) => void (await page.goto(url())) }: Place,
	steps: (visit: Visit) => Promise<void>,
	look?: Look,
): void => {
	test(name, async () => {
		const visit = await openVisit(browser(), look);
		try {
			await open(visit);
			await steps(visit);
			expect(visit.complaints()).toEqual([]);
		} catch (error) {
			const file = join(mkdtempSync(join(tmpdir(), 'icloud-ready-seen-')), 'page.png');
			await visit.page.screenshot({ path: file }).catch(() => undefined);
			process.stderr.write(
				`"${name}" failed; what was seen is in ${file}\nThe page complained of: ${visit.complaints().join('\n') || 'nothing'}\n`,
			);
			throw error;
		} finally {
			await visit.close();
		}
	});
};
