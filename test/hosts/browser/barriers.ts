import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
	readonly id: string;
	readonly impact: string | null;
	readonly help: string;
	readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

interface Result {
	readonly violations: readonly Finding[];
	readonly passes: readonly Finding[];
}

/** Node-RED hides fields in each dialog, so that password managers fill in those instead of ours. */
const notOurs = '[id^="red-ui-trap-"]';

/** What keeps people from using a part of a page, by axe-core: serious and critical findings, a line each. */
export const barriersIn = async (page: Page, selector: string): Promise<readonly string[]> => {
	await page.evaluate(axe);
	const context = JSON.stringify({ include: [selector], exclude: [notOurs] });
	const { violations, passes } = (await page.evaluate(
		`axe.run(${context}, { resultTypes: ['violations'] }).then(({ violations, passes }) => ({ violations, passes }))`,
	)) as Result;
	if (passes.length === 0) throw new Error(`Nothing was looked at in ${selector}.`);
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, help, nodes }) =>
			nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html.slice(0, 300)}\n${failureSummary ?? ''}`),
		);
};
