import { nodeReds } from '../hosts';
import { outcomeKinds } from '../../../packages/core/src';
import { payloadFixtures } from '../../fixtures/payloads';
import { useBrowser } from './browser';
import { deploy, dragIn, fillAccount, fillTyped, finish, openDialog, openEditor, openTab, wire } from './nodeRedEditor';
import { createLeadFlow, credentials } from './nodeRedFlows';
import { useNodeRed } from './nodeRedWorld';
import type { Part, Visit } from './visit';
import { walk } from './walk';

const browser = useBrowser();
const facebook = payloadFixtures.find(({ name }) => name === 'facebook-lead-ads-n8n-trigger')?.payload;

/** The part of the page in which the flow of these tests lies. */
const canvas = { x: 280, y: 150, width: 560, height: 180 };

describe.each(nodeReds)('%s', (version) => {
	const { nodeRed, sandbox, url } = useNodeRed(version);
	const place = { browser, url };
	const deployed = {
		...place,
		open: async ({ page }: Visit) => {
			await nodeRed().deploy(createLeadFlow(sandbox().baseUrl), credentials);
			await page.goto(url());
		},
	};
	// Of the two, the newer one stands in the documents.
	const picture = async ({ picture: keep }: Visit, name: string, part: Part): Promise<void> => {
		if (version === 'node-red-5') await keep(`node-red-${name}`, part);
	};

	walk('dragged from the palette, connected, filled in, deployed and run', place, async (visit) => {
		const { page } = visit;
		const editor = await openEditor(visit);
		const inject = await dragIn(visit, 'inject', { x: 120, y: 160 });
		const lead = await dragIn(visit, 'icloud-ready-create-lead', { x: 400, y: 160 });
		await wire(visit, inject, lead);
		await openDialog(visit, lead);

		await visit.click(editor.addAccount);
		await fillAccount(visit, { baseUrl: sandbox().baseUrl, apiKey: 'expired-key', organizationId: 'org-1' });
		await visit.click(page.locator('#icr-test'));
		await page.locator('#icr-test-answer.icr-bad', { hasText: 'did not accept the API key' }).waitFor();
		await visit.fill(editor.accountInput('apiKey'), 'sandbox-key');
		await visit.click(page.locator('#icr-test'));
		await page.locator('#icr-test-answer.icr-good', { hasText: 'answered as expected' }).waitFor();
		await picture(visit, 'account', { of: editor.dialog });
		await finish(visit, editor.accountDone);

		await visit.click(page.locator('#icr-input-fields'));
		await fillTyped(visit, 'firstName', 'str', 'Mona');
		await fillTyped(visit, 'phone', 'str', '010 0123 4567');
		await picture(visit, 'fields', { of: editor.dialog });
		await finish(visit, editor.dialogDone);
		await deploy(visit);
		await visit.click(inject.locator('.red-ui-flow-node-button-button'));
		await editor.status('created 1').waitFor();
		expect(sandbox().leads).toMatchObject([{ leadInformation: { firstName: 'Mona', phone: '+201001234567' } }]);
	});

	walk('Preview reads a pasted payload and makes fields of it', deployed, async (visit) => {
		const { page } = visit;
		const editor = await openEditor(visit);
		await openDialog(visit, editor.node('create lead'));
		await openTab(visit, 'preview');
		await visit.fill(page.locator('#icr-preview-text'), JSON.stringify(facebook, null, '  '));
		const preview = page.locator('#icr-preview');
		await preview.getByText('Facebook Lead Ads', { exact: true }).waitFor();
		await preview.getByText('This lead can be sent.').waitFor();
		await picture(visit, 'preview', { of: editor.dialog });
		await visit.click(page.locator('#icr-preview-make'));
		await page
			.locator('#icr-preview-made', { hasText: 'The Lead tab now shows where these fields come from' })
			.waitFor();
		await openTab(visit, 'lead');
		// The form is still read: what has no place of its own would be lost otherwise.
		expect(await page.locator('#icr-input-form').isChecked()).toBe(true);
		expect(await page.locator('#icr-value-phone').inputValue()).toMatch(/^payload\./);
	});

	walk(
		'"Turn these into fields" places list values by what names them, and says where it cannot',
		{ ...place, open: async () => await Promise.resolve() },
		async (visit) => {
			const { page } = visit;
			const rows = [
				['facebook-graph-api-lead', /field_data\[name="phone_number"\]/],
				['typeform-webhook', /answers\[field\.ref="ph-ref"\]/],
				['whatsapp-cloud-message', undefined],
			] as const;
			for (const [name, phone] of rows) {
				await deployed.open(visit);
				const editor = await openEditor(visit);
				await openDialog(visit, editor.node('create lead'));
				await openTab(visit, 'preview');
				await visit.fill(
					page.locator('#icr-preview-text'),
					JSON.stringify(payloadFixtures.find((each) => each.name === name)?.payload, null, '  '),
				);
				await page.locator('#icr-preview').getByText('This lead can be sent.').waitFor();
				await visit.click(page.locator('#icr-preview-make'));
				const said = phone === undefined ? 'Nothing changed.' : 'The Lead tab now shows where these fields come from';
				await page.locator('#icr-preview-made', { hasText: said }).waitFor();
				// The lead that would be sent is the same as before.
				await page.locator('#icr-preview').getByText('This lead can be sent.').waitFor();
				await openTab(visit, 'lead');
				expect(await page.locator('#icr-input-form').isChecked()).toBe(true);
				const value = await page.locator('#icr-value-phone').inputValue();
				if (phone === undefined) expect(value).toBe('');
				else expect(value).toMatch(phone);
				await finish(visit, editor.dialogDone);
			}
		},
	);

	walk('an output tells its outcome, a failure its status, and the help what both are', deployed, async (visit) => {
		const { page } = visit;
		sandbox().failNext({ status: 401 });
		const editor = await openEditor(visit);
		const node = editor.node('create lead');
		const tooltip = page.locator('text.red-ui-flow-port-tooltip-label');
		for (const [index, { label }] of outcomeKinds.entries()) {
			await node.locator('.red-ui-flow-port-output .red-ui-flow-port').nth(index).hover();
			// The catalog writes in Title Case, Node-RED in sentence case.
			await tooltip.getByText(label, { exact: false }).waitFor();
			if (index === 0) await picture(visit, 'outputs', { clip: canvas, onHover: true });
		}
		await visit.click(editor.node('Mona').locator('.red-ui-flow-node-button-button'));
		await editor.status('key refused').waitFor();
		await visit.click(node);
		await visit.click(editor.help);
		await page.getByText('Creates a lead in iCloud-Ready from each message').first().waitFor();
	});
});
