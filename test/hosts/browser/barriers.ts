import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
	readonly id: string;
	readonly impact: string | null;
	readonly help: string;
	readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What keeps people from using a part of a page, by axe-core: serious and critical findings, a line each. */
export const barriersIn = async (page: Page, selector: string): Promise<readonly string[]> => {
	await page.evaluate(axe);
	const found = (await page.evaluate(`axe.run(${JSON.stringify({ include: [selector] })}, { resultTypes: ['violations'] }).then(({ violations }) => violations)`)) as readonly Finding[];
	return found
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html.slice(0, 300)}\n${failureSummary ?? ''}`));
};
