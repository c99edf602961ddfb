import type { Visit } from './visit';
import type { Locator } from 'playwright-core';

const leadType = 'icloud-ready-create-lead';

/** Where things are in Node-RED's editor, the same in 4.1 and 5.0. */
export const editorOf = ({ page }: Visit) => ({
	palette: (type: string): Locator => page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`),
	canvas: page.locator('#red-ui-workspace-chart'),
	/** The dialog that lies on top. */
	dialog: page.locator('.red-ui-tray').last(),
	/** The nodes on the canvas that show these words. */
	node: (words: string): Locator => page.locator('.red-ui-flow-node-group', { hasText: words }),
	input: (property: string): Locator => page.locator(`#node-input-${property}`),
	accountInput: (property: string): Locator => page.locator(`#node-config-input-${property}`),
	addAccount: page.locator('#node-input-btn-account-add'),
	editAccount: page.locator('#node-input-btn-account-edit'),
	dialogDone: page.locator('#node-dialog-ok'),
	accountDone: page.locator('#node-config-dialog-ok'),
	tab: (name: string): Locator => page.locator(`#red-ui-tab-icr-${name} a`),
	flowTab: (label: string): Locator => page.locator('#red-ui-workspace-tabs .red-ui-tab-label', { hasText: label }),
	/** The sidebar of configuration nodes: in 4.1 a tab of it, in 5.0 a button below. */
	configurationNodes: page.locator('#red-ui-tab-config-link-button:visible, button[data-tab-id="config"]:visible'),
	configurationNode: (label: string): Locator => page.locator('.red-ui-palette-node-config', { hasText: label }),
	help: page.locator('#red-ui-tab-help-link-button:visible, button[data-tab-id="help"]:visible'),
	deploy: page.locator('#red-ui-header-button-deploy'),
	status: (words: string | RegExp): Locator => page.locator('.red-ui-flow-node-status-group', { hasText: words }),
});
export type Editor = ReturnType<typeof editorOf>;

/** The editor, once the palette holds our node. */
export const openEditor = async (visit: Visit): Promise<Editor> => {
	const editor = editorOf(visit);
	await editor.palette(leadType).waitFor();
	return editor;
};

/** Drags a node to a place of the canvas and returns it. */
export const dragIn = async (
	visit: Visit,
	type: string,
	place: { readonly x: number; readonly y: number },
): Promise<Locator> => {
	const { palette, canvas } = editorOf(visit);
	const nodes = visit.page.locator('.red-ui-flow-node-group');
	const before = await nodes.count();
	await visit.drag(palette(type), canvas, place);
	await nodes.nth(before).waitFor();
	return nodes.nth(before);
};

/** Draws a wire from a node's first output to another node's input. */
export const wire = async (visit: Visit, from: Locator, to: Locator): Promise<void> => {
	await visit.drag(
		from.locator('.red-ui-flow-port-output .red-ui-flow-port').first(),
		to.locator('.red-ui-flow-port-input .red-ui-flow-port'),
	);
	// A straight wire has no height, so it does not count as visible.
	await visit.page.locator('.red-ui-flow-link').first().waitFor({ state: 'attached' });
};

/** Opens a node's dialog. */
export const openDialog = async (visit: Visit, node: Locator): Promise<void> => {
	await visit.doubleClick(node);
	await editorOf(visit).dialogDone.waitFor();
};

/** Shows one tab of the open dialog. Node-RED takes two tabs clicked within 400 ms for a double-click and shows no second, so what stays hidden is clicked once more. */
export const openTab = async (visit: Visit, name: string): Promise<void> => {
	const tab = editorOf(visit).tab(name);
	const shown = visit.page.locator(`.icr-tab-${name}`);
	await visit.click(tab);
	if (await shown.isHidden()) await tab.click();
	await shown.waitFor();
};

/** Closes a dialog that lies on top, and waits until it is gone. */
export const finish = async (visit: Visit, button: Locator): Promise<void> => {
	await visit.click(button);
	await button.waitFor({ state: 'detached' });
};

/** Fills in an account's fields; the stand-in's address is no field of a newcomer's, for whom the default is right. */
export const fillAccount = async (
	visit: Visit,
	{
		baseUrl,
		apiKey,
		organizationId,
	}: { readonly baseUrl: string; readonly apiKey: string; readonly organizationId: string },
): Promise<void> => {
	const { accountInput, accountDone } = editorOf(visit);
	await accountDone.waitFor();
	await accountInput('baseUrl').fill(baseUrl);
	await visit.fill(accountInput('organizationId'), organizationId);
	await visit.fill(accountInput('apiKey'), apiKey);
};

/** Deploys and waits until Node-RED has taken it. */
export const deploy = async (visit: Visit): Promise<void> => {
	const button = editorOf(visit).deploy;
	await visit.click(button);
	await visit.page.locator('#red-ui-header-button-deploy.disabled').waitFor();
};

/** Chooses the type of a field's typed input and fills in its value. */
export const fillTyped = async (visit: Visit, name: string, type: string, value: string): Promise<void> => {
	const { page } = visit;
	const field = page.locator(`.icr-field:has(#node-input-field-${name})`);
	await visit.click(field.locator('.red-ui-typedInput-type-select'));
	await visit.click(page.locator(`.red-ui-typedInput-options:visible a[value="${type}"]`));
	await visit.fill(field.locator(`#icr-value-${name}`), value);
};
