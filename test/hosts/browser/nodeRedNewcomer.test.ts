import { nodeReds } from '../hosts';
import { useBrowser } from './browser';
import { deploy, fillAccount, finish, openEditor } from './nodeRedEditor';
import { useNodeRed } from './nodeRedWorld';
import { walk } from './walk';

const browser = useBrowser();

describe.each(nodeReds)('%s', (version) => {
	const { sandbox, url } = useNodeRed(version);

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
			await fillAccount(visit, { baseUrl: sandbox().baseUrl, apiKey: 'sandbox-key', organizationId: 'org-1' });
			await finish(visit, editor.accountDone);
			await deploy(visit);
			await visit.click(editor.node('Every field').locator('.red-ui-flow-node-button-button'));
			await editor.status('created 1').waitFor();
			expect(sandbox().leads).toMatchObject([{ leadInformation: { firstName: 'Ahmed' } }]);
			expect(visit.steps().length).toBeLessThanOrEqual(12);
		},
	);
});
