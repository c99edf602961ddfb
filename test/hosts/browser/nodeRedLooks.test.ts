import { nodeReds } from '../hosts';
import { platforms, platformNames } from '../../../packages/core/src';
import { sampleOf } from '../../fixtures/cases';
import { barriersIn } from './barriers';
import { useBrowser } from './browser';
import { openDialog, openEditor, openTab } from './nodeRedEditor';
import { createLeadFlow, credentials, leadFormFlow } from './nodeRedFlows';
import { useNodeRed } from './nodeRedWorld';
import type { Look } from './visit';
import { walk } from './walk';
import type { Page } from 'playwright-core';

const browser = useBrowser();

/** 4.1 has no dark theme; there the same is light. */
const looks: readonly Look[] = [
	{ language: 'en-US', colors: 'light' },
	{ language: 'en-US', colors: 'dark' },
	{ language: 'ar-EG', colors: 'light' },
	{ language: 'ar-EG', colors: 'dark' },
];

/** Looks that stand in the documents. */
const pictured: Readonly<Record<string, string>> = {
	'node-red-5, lead, en-US, dark': 'node-red-dark',
	'node-red-5, lead, ar-EG, light': 'node-red-ar',
	'node-red-5, form, ar-EG, light': 'node-red-lead-form-ar',
};

const tabs = ['lead', 'delivery', 'outputs', 'preview'] as const;

/** What of the dialog's words is wider than its place. */
const cutOff = async (page: Page, form = '#dialog-form'): Promise<readonly string[]> =>
	await page
		.locator(`${form} :is(label, span, summary, button, select, .icr-hint):visible`)
		.evaluateAll((parts) =>
			parts
				.filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
				.map((part) => part.textContent.trim()),
		);

describe.each(nodeReds)('%s', (version) => {
	const { nodeRed, sandbox, url } = useNodeRed(version);

	for (const look of sampleOf(looks, 1, Number(version === 'node-red-5'))) {
		walk(
			`both dialogs open, cut nothing off and keep nobody out: ${look.language}, ${look.colors}`,
			{
				browser,
				url,
				open: async ({ page }) => {
					await nodeRed().deploy(createLeadFlow(sandbox().baseUrl), credentials);
					await page.addInitScript(`localStorage.setItem('view-dark-theme', '${look.colors}')`);
					await page.goto(url());
				},
			},
			async (visit) => {
				const { page } = visit;
				const editor = await openEditor(visit);
				await openDialog(visit, page.locator('#lead'));
				expect(await page.locator('html.nr-theme-dark').count()).toBe(
					version === 'node-red-5' && look.colors === 'dark' ? 1 : 0,
				);
				const barriers: string[] = [];
				const cut: string[] = [];
				for (const tab of tabs) {
					await openTab(visit, tab);
					if (tab === 'lead') await visit.click(page.locator('.icr-group[data-group="person"] summary'));
					barriers.push(...(await barriersIn(page, '#dialog-form')));
					cut.push(...(await cutOff(page)));
					const name = pictured[`${version}, ${tab}, ${look.language}, ${look.colors}`];
					if (name !== undefined) await visit.picture(name, { of: editor.dialog });
				}
				await visit.click(editor.editAccount);
				await editor.accountInput('apiKey').waitFor();
				barriers.push(...(await barriersIn(page, '#node-config-dialog-edit-form')));
				await page.locator('#node-config-dialog-edit-form details').evaluateAll((groups) => {
					for (const group of groups) group.setAttribute('open', '');
				});
				cut.push(...(await cutOff(page, '#node-config-dialog-edit-form')));
				expect(cut).toEqual([]);
				expect(barriers).toEqual([]);
			},
			look,
		);

		walk(
			`the dialog of lead form shows each platform its own, cuts nothing off and keeps nobody out: ${look.language}, ${look.colors}`,
			{
				browser,
				url,
				open: async ({ page }) => {
					await nodeRed().deploy(leadFormFlow(sandbox().baseUrl, 'googleAds'), credentials);
					await page.addInitScript(`localStorage.setItem('view-dark-theme', '${look.colors}')`);
					await page.goto(url());
				},
			},
			async (visit) => {
				const { page } = visit;
				const editor = await openEditor(visit);
				await openDialog(visit, page.locator('#form'));
				const name = pictured[`${version}, form, ${look.language}, ${look.colors}`];
				if (name !== undefined) await visit.picture(name, { of: editor.dialog });
				await page.locator('#dialog-form details').evaluateAll((groups) => {
					for (const group of groups) group.setAttribute('open', '');
				});
				await page.locator('#node-input-browser').selectOption('redirect');
				for (const platform of platformNames) {
					await page.locator('#node-input-platform').selectOption(platform);
					const shown = page.locator('#dialog-form [data-secret] input[type="password"]:visible');
					expect([platform, await shown.count()]).toEqual([platform, platforms[platform].secrets.length]);
					expect(await page.locator('[data-choice]:visible', { hasText: /\S/ }).count()).toBe(3);
					expect([platform, await cutOff(page)]).toEqual([platform, []]);
				}
				await page.locator('#node-input-platform').selectOption('meta');
				expect(await barriersIn(page, '#dialog-form')).toEqual([]);
			},
			look,
		);
	}
});
