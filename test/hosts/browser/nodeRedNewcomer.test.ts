import { nodeReds } from '../hosts';
import { until } from '../until';
import { useBrowser } from './browser';
import { deploy, dragIn, fillAccount, finish, openDialog, openEditor, wire } from './nodeRedEditor';
import { useNodeRed } from './nodeRedWorld';
import { sendAsGoogle } from './sendAsGoogle';
import type { Part, Visit } from './visit';
import { walk } from './walk';

const browser = useBrowser();
const account = { apiKey: 'sandbox-key', organizationId: 'org-1' };

/** The part of the page in which the two nodes lie. */
const canvas = { x: 200, y: 100, width: 560, height: 200 };

describe.each(nodeReds)('%s', (version) => {
	const { sandbox, url } = useNodeRed(version);
	// Of the two, the newer one stands in the documents.
	const picture = async ({ picture: keep }: Visit, name: string, part: Part): Promise<void> => {
		if (version === 'node-red-5') await keep(`node-red-${name}`, part);
	};

	walk(
		'from an empty editor to the first lead in at most twelve clicks and fields',
		{ browser, url },
		async (visit) => {
			const { page } = visit;
			const editor = await openEditor(visit);
			await visit.click(editor.canvas, { button: 'right', position: { x: 300, y: 200 } });
			await page.getByText('Insert', { exact: true }).hover();
			await visit.click(page.getByText('Import example flow'));
			const examples = page.locator('#red-ui-clipboard-dialog-import-tab-examples');
			await visit.click(examples.getByText('@icloud-ready/node-red-leads'));
			await visit.doubleClick(examples.getByText('lead-json', { exact: true }));
			await visit.click(editor.flowTab('Lead JSON'));
			await visit.click(editor.configurationNodes);
			await visit.doubleClick(editor.configurationNode('iCloud-Ready'));
			await fillAccount(visit, { baseUrl: sandbox().baseUrl, ...account });
			await finish(visit, editor.accountDone);
			await deploy(visit);
			await visit.click(editor.node('Every field').locator('.red-ui-flow-node-button-button'));
			await editor.status('created 1').waitFor();
			expect(sandbox().leads).toMatchObject([{ leadInformation: { firstName: 'Ahmed' } }]);
			expect(visit.steps().length).toBeLessThanOrEqual(12);
		},
	);

	walk(
		'from the palette to the first lead in at most seven actions, and to an account in use in ten',
		{ browser, url },
		async (visit) => {
			const { page } = visit;
			const editor = await openEditor(visit);
			const lead = await dragIn(visit, 'icloud-ready-create-lead', { x: 420, y: 160 });
			await openDialog(visit, lead);
			await visit.click(editor.addAccount);
			await fillAccount(visit, { baseUrl: sandbox().baseUrl, ...account });
			await visit.click(page.locator('#icr-test'));
			await visit.click(page.locator('#icr-example'));
			await page
				.locator('.icr-good', { hasText: /Lead \d+ was created\..*The organization ID is right, too\./ })
				.waitFor();
			expect(sandbox().leads).toMatchObject([{ leadInformation: { firstName: 'Ahmed' } }]);
			expect(visit.steps().length).toBeLessThanOrEqual(7);
			await finish(visit, editor.accountDone);
			await finish(visit, editor.dialogDone);
			await deploy(visit);
			expect(visit.steps().length).toBeLessThanOrEqual(10);
		},
	);

	walk(
		'from an empty editor to the first genuine lead of Google Ads in at most sixteen actions',
		{ browser, url },
		async (visit) => {
			const { page } = visit;
			const editor = await openEditor(visit);
			const form = await dragIn(visit, 'icloud-ready-lead-form', { x: 140, y: 160 });
			const lead = await dragIn(visit, 'icloud-ready-create-lead', { x: 420, y: 160 });
			await wire(visit, form, lead);

			await openDialog(visit, form);
			await visit.choose(editor.input('platform'), 'googleAds');
			await visit.fill(editor.input('secret'), 'made-up-key');
			await visit.click(page.locator('#icr-copy'));
			const address = await page.locator('#icr-address').inputValue();
			await picture(visit, 'lead-form', { of: editor.dialog });
			await finish(visit, editor.dialogDone);

			await openDialog(visit, lead);
			await visit.click(editor.addAccount);
			await fillAccount(visit, { baseUrl: sandbox().baseUrl, ...account });
			await finish(visit, editor.accountDone);
			await finish(visit, editor.dialogDone);
			await deploy(visit);

			// A deployment is answered before its flows have started.
			await until(async () => (await fetch(address)).status === 405);
			// The sixteenth is Google's: somebody sends the form of an ad.
			expect(await sendAsGoogle(address, 'made-up-key')).toBe(200);
			expect(visit.steps().length + 1).toBeLessThanOrEqual(16);
			expect(sandbox().leads).toMatchObject([{ leadInformation: { firstName: 'Mona', phone: '+201001234567' } }]);
			await editor.status('created 1').waitFor();
			await editor.status(/received/).waitFor();
			await picture(visit, 'lead-form-received', { clip: canvas });
			await openDialog(visit, form);
			await page.locator('#icr-last', { hasText: 'answered with 200' }).waitFor();
			expect(await sendAsGoogle(address, 'another-key')).toBe(401);
		},
	);
});
