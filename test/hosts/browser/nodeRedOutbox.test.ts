import { nodeReds } from '../hosts';
import { sampleOf } from '../../fixtures/cases';
import { barriersIn } from './barriers';
import { useBrowser } from './browser';
import { changeLeads } from './changedLeads';
import { editorOf, finish, openDialog, openEditor } from './nodeRedEditor';
import { credentials, outboxFlow } from './nodeRedFlows';
import { useNodeRed } from './nodeRedWorld';
import type { Visit } from './visit';
import { walk } from './walk';
import type { Locator } from 'playwright-core';

const browser = useBrowser();

const looks = [
	{ language: 'en-US', colors: 'dark' },
	{ language: 'ar-EG', colors: 'light' },
] as const;

/** Where things are in the tab that lists the leads of an outbox. */
const leadsOf = async (
	visit: Visit,
): Promise<{
	readonly tab: Locator;
	readonly shelf: (name: string) => Locator;
	readonly lead: (name: string) => Locator;
	readonly action: (label: string) => Locator;
}> => {
	await openEditor(visit);
	const tab = visit.page.locator('.icr-outbox');
	// In 4.1 the tabs that have no room stand in a menu, in 5.0 each has a button.
	const menu = visit.page.locator(
		'.red-ui-sidebar-tabs-right .red-ui-tab-link-button-menu:visible, #red-ui-sidebar .red-ui-tab-link-button-menu:visible',
	);
	const button = visit.page.locator('button[data-tab-id="icloud-ready-outbox"]:visible');
	await menu.or(button).first().waitFor();
	if ((await menu.count()) > 0) {
		await visit.click(menu.first());
		await visit.click(visit.page.locator('#red-ui-tabs-menu-option-icloud-ready-outbox:visible'));
		// 5.0 remembers for each user which tabs are open.
	} else if (!(await tab.isVisible())) await visit.click(button);
	await tab.locator('[data-shelf]').first().waitFor();
	return {
		tab,
		shelf: (name) => tab.locator(`[data-shelf="${name}"]`),
		lead: (name) => tab.locator('.icr-outbox-lead', { hasText: name }),
		action: (label) => tab.getByRole('button', { name: label, exact: true }),
	};
};

describe.each(nodeReds)('%s', (version) => {
	const { nodeRed, sandbox, url } = useNodeRed(version);
	const place = { browser, url };

	/** One lead created, one whose answer is lost, and one that waits because its key was refused; each time in an account of its own. */
	let accounts = 0;
	const giveLeads = async (): Promise<void> => {
		const account = `account-${++accounts}`;
		await nodeRed().deploy(outboxFlow(sandbox().baseUrl, account), { [account]: credentials.account });
		for (const [index, id] of ['mona', 'omar', 'sara'].entries()) {
			// As often as it is tried again.
			if (id === 'sara') sandbox().failNext(Array.from({ length: 50 }, () => ({ status: 401 })));
			await fetch(`${url()}/inject/${id}`, { method: 'POST' });
			for (let tries = 0; sandbox().calls.length <= index && tries < 600; tries++)
				await new Promise((resolve) => setTimeout(resolve, 100));
		}
	};

	walk(
		'the leads of an outbox are found, one that arrived is marked, and one is discarded after a question',
		{
			...place,
			open: async ({ page }) => {
				await giveLeads();
				await page.goto(url());
			},
		},
		async (visit) => {
			const { tab, shelf, lead, action } = await leadsOf(visit);
			await tab.getByText('iCloud-Ready refused the API key.').waitFor();
			await shelf('waiting').getByText('1', { exact: true }).waitFor();
			await shelf('ended').getByText('1', { exact: true }).waitFor();

			await visit.click(shelf('unconfirmed'));
			// By keyboard alone, as somebody without a mouse would.
			await lead('Omar').locator('summary').first().focus();
			await visit.page.keyboard.press('Enter');
			await action('It is in iCloud-Ready').waitFor();
			if (version === 'node-red-5') await visit.picture('node-red-outbox', { of: tab });
			await action('It is in iCloud-Ready').press('Enter');
			await tab.getByText('Omar Adel is marked as being in iCloud-Ready.').waitFor();
			await shelf('ended').getByText('2', { exact: true }).waitFor();

			// Sara's lead waits, and is not taken to another organization without a question.
			await openDialog(visit, visit.page.locator('#lead'));
			const { editAccount, accountInput, accountDone, dialogDone } = editorOf(visit);
			const asked: string[] = [];
			visit.page.on('dialog', (question) => {
				asked.push(question.message());
				void (asked.length === 1 ? question.dismiss() : question.accept());
			});
			for (const kept of ['org-1', 'org-2']) {
				await visit.click(editAccount);
				await visit.page.locator('#icr-kept-text', { hasText: 'Waiting: 1' }).waitFor({ state: 'attached' });
				await visit.fill(accountInput('organizationId'), 'org-2');
				await finish(visit, accountDone);
				await visit.click(editAccount);
				expect(await accountInput('organizationId').inputValue()).toBe(kept);
				await finish(visit, accountDone);
			}
			expect(asked).toEqual(
				Array(2).fill(expect.stringMatching(/^Leads waiting in the outbox: 1\..*other organization/)),
			);
			await finish(visit, dialogDone);

			await visit.click(shelf('waiting'));
			await visit.click(lead('Sara').locator('summary').first());
			await visit.click(action('Discard'));
			await tab.getByText('Discard this lead? It will not be sent.').waitFor();
			await visit.click(action('Cancel'));
			await visit.click(action('Discard'));
			// The lead changes while the question is asked, which is asked on.
			await changeLeads(visit.page, '**/icloud-ready/outbox/*/leads?*');
			await tab.getByText('It has changed meanwhile.').waitFor();
			await visit.click(action('Discard'));
			await tab.getByText('Nothing is waiting.').waitFor();
			await visit.page.unrouteAll({ behavior: 'wait' });

			// The same to many, by the same rules.
			await visit.click(shelf('ended'));
			await lead('Mona').waitFor();
			await visit.click(lead('Omar').locator('.icr-outbox-pick'));
			await tab.getByText('1 lead selected').waitFor();
			await visit.click(action('Select all'));
			await tab.getByText('3 leads selected').waitFor();
			await visit.click(tab.locator('[data-bulk="retry"]'));
			await tab.getByText('Send 3 leads again?').waitFor();
			expect(await barriersIn(visit.page, '.icr-outbox')).toEqual([]);
			await visit.click(action('Cancel'));
			await visit.click(action('Select none'));
			await lead('Mona').waitFor();
			expect(await tab.locator('.icr-outbox-lead').count()).toBe(3);
			await visit.fill(tab.locator('.icr-outbox-search'), '0100 012 3456');
			await tab.getByText('No lead in this list matches your search.').waitFor();
			await visit.fill(tab.locator('.icr-outbox-search'), 'mona');
			await lead('Sara').waitFor({ state: 'detached' });
			const [download] = await Promise.all([
				visit.page.waitForEvent('download'),
				visit.click(action('Download these leads as a CSV file')),
			]);
			expect(download.suggestedFilename()).toBe('icloud-ready-leads-ended.csv');

			// What there is to choose from is found out when somebody looks.
			await visit.click(tab.locator('.icr-outbox-filters summary'));
			const outcome = tab.locator('[data-filter="outcome"]');
			await outcome.locator('option[value="created"]').waitFor({ state: 'attached' });
			await visit.fill(tab.locator('.icr-outbox-search'), '');
			await lead('Sara').waitFor();
			await outcome.selectOption('created');
			await lead('Omar').waitFor({ state: 'detached' });
			await visit.click(lead('Mona').locator('summary').first());
			await lead('Mona').locator('.icr-outbox-attempts .icr-outbox-state', { hasText: '201' }).waitFor();
			expect(await barriersIn(visit.page, '.icr-outbox')).toEqual([]);
			await visit.click(action('Clear filters'));
			await lead('Omar').waitFor();
			const [json] = await Promise.all([
				visit.page.waitForEvent('download'),
				visit.click(action('Download these leads as a JSON file')),
			]);
			expect(json.suggestedFilename()).toBe('icloud-ready-leads-ended.json');
		},
	);

	for (const look of sampleOf(looks, 1, Number(version === 'node-red-5'))) {
		walk(
			`the list keeps nobody out: ${look.language}, ${look.colors}`,
			{
				...place,
				open: async ({ page }) => {
					await giveLeads();
					await page.addInitScript(`localStorage.setItem('view-dark-theme', '${look.colors}')`);
					await page.goto(url());
				},
			},
			async (visit) => {
				const { page } = visit;
				const { tab, shelf, lead } = await leadsOf(visit);
				const barriers: string[] = [];
				for (const [name, who] of [
					['waiting', 'Sara'],
					['unconfirmed', 'Omar'],
					['ended', 'Mona'],
				] as const) {
					await visit.click(shelf(name));
					await visit.click(lead(who).locator('summary').first());
					await lead(who).locator('.icr-outbox-details').waitFor();
					barriers.push(...(await barriersIn(page, '.icr-outbox')));
				}
				expect(barriers).toEqual([]);
				if (version === 'node-red-5' && look.language === 'ar-EG')
					await visit.picture('node-red-outbox-ar', { of: tab });
				expect(await tab.evaluate((element) => getComputedStyle(element).direction)).toBe(
					look.language === 'ar-EG' ? 'rtl' : 'ltr',
				);
			},
			look,
		);
	}
});
