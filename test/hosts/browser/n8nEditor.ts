import type { Visit } from './visit';
import type { Locator } from 'playwright-core';

/** The owner whom `scripts/hosts/n8nStand.mjs` makes. */
const owner = { email: 'owner@example.com', password: 'Sandbox-Owner-1' };

/** Where things are in n8n's editor, by the names that it gives them for tests. */
export const editorOf = ({ page }: Visit) => {
	const named = (name: string): Locator => page.locator(`[data-test-id="${name}"]`);
	return {
		firstStep: named('canvas-add-button'),
		search: page.locator('[data-test-id="node-creator-search-bar"]').locator('xpath=descendant-or-self::input'),
		found: (name: string): Locator =>
			named('node-creator-item-name').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) }),
		connect: named('node-credentials-empty-state').getByText('Connect to iCloud-Ready'),
		node: (name: string): Locator => page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`),
		/** Beside the panel of a node, the one before or behind it. */
		neighbor: (name: string): Locator => page.locator(`[data-test-id="floating-node"][data-node-name="${name}"]`),
		publish: named('workflow-open-publish-modal-button'),
		publishNow: named('workflow-publish-button'),
		/** Leaves the words that n8n shows when a workflow is published for the first time. */
		published: page.getByRole('button', { name: 'Got it' }),
		editCredential: named('credential-edit-button'),
		credential: named('editCredential-modal'),
		save: named('credential-save-button'),
		field: (name: string): Locator => named(`parameter-input-${name}`).locator('input').last(),
		toggle: (name: string): Locator => named(`parameter-input-${name}`),
		execute: named('node-execute-button'),
		output: named('output-panel'),
		outputLabels: named('canvas-node')
			.filter({ hasText: 'create: lead' })
			.locator('[data-test-id="canvas-node-output-handle"]'),
		close: named('ndv-close-button'),
	};
};
export type Editor = ReturnType<typeof editorOf>;

/** Signs in as a person does, on the page that n8n shows first. */
export const signInByHand = async ({ page }: Visit): Promise<void> => {
	await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
	await page.locator('input[type="password"]').fill(owner.password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.locator('[data-test-id="project-home-menu-item"]').waitFor();
};

/** Signs in without the page, and opens an address of n8n. */
export const openSignedIn = async ({ page }: Visit, url: string, path: string): Promise<void> => {
	await page.request.post(`${url}/rest/login`, {
		data: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
	await page.goto(url + path);
};

/** On an empty canvas: finds the node by a word and adds it; n8n puts a trigger before it and opens its panel. */
export const addNode = async (visit: Visit, word: string): Promise<Editor> => {
	const editor = editorOf(visit);
	await visit.click(editor.firstStep);
	await visit.fill(editor.search, word);
	await visit.click(editor.found('iCloud-Ready'));
	// Where a workflow has nothing to start it yet, n8n shows triggers and folds the actions.
	const [action, folded] = [editor.found('Create lead'), visit.page.getByText(/^Actions \(\d+\)/)];
	await folded.or(action).first().waitFor();
	if (!(await action.isVisible())) await visit.click(folded);
	await visit.click(action);
	await editor.execute.waitFor();
	return editor;
};

/** Fills in a new credential; the stand-in's address is no field of a newcomer's, for whom the default is right. */
export const fillCredential = async (
	visit: Visit,
	{ baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string },
): Promise<void> => {
	const { field, save } = editorOf(visit);
	await save.waitFor();
	await field('baseUrl').fill(baseUrl);
	await visit.fill(field('apiKey'), apiKey);
	await visit.fill(field('organizationId'), 'org-1');
};
