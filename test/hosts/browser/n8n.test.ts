import { outcomeKinds } from '../../../packages/core/src';
import { sampleOf } from '../../fixtures/cases';
import { until } from '../until';
import { useBrowser } from './browser';
import { addNode, editorOf, fillCredential, openSignedIn, signInByHand } from './n8nEditor';
import { useEmptyN8n } from './n8nWorld';
import { sendAsGoogle } from './sendAsGoogle';
import type { Visit } from './visit';
import { walk } from './walk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const browser = useBrowser();
const { sandbox, url, addCredential } = useEmptyN8n();
const place = { browser, url };
/** Signed in, on an empty canvas. */
const canvas = { ...place, open: async (visit: Visit) => await openSignedIn(visit, url(), '/workflow/new') };

const createdMona = /Lead \d+ was created\. Phone made international: 010 0123 4567 → \+20 100 123 4567/;

walk('from an empty n8n to the first lead in at most thirteen clicks and fields', place, async (visit) => {
	await signInByHand(visit);
	await visit.page.goto(`${url()}/home/workflows`);
	await visit.click(visit.page.locator('[data-test-id="new-workflow-card"]'));
	const editor = await addNode(visit, 'icloud');
	await visit.click(editor.connect);
	await fillCredential(visit, { baseUrl: sandbox().baseUrl, apiKey: 'sandbox-key' });
	await visit.click(editor.save);
	// n8n closes a credential by itself when its test passes.
	await editor.credential.waitFor({ state: 'detached' });
	await visit.picture('n8n-panel');
	for (const colorScheme of ['light', 'dark'] as const) {
		await visit.page.emulateMedia({ colorScheme });
		const labels = await visit.page
			.locator('label:visible')
			.evaluateAll((all) =>
				all.map((label) => ({ text: label.textContent.trim(), isCut: label.scrollWidth > label.clientWidth + 1 })),
			);
		// The label of a field holds its switch between fixed and expression too.
		expect(labels.map(({ text }) => text).join('\n')).toMatch(/^First Name[^]*^Phone[^]*^Output per Outcome/m);
		expect(labels.filter(({ isCut }) => isCut)).toEqual([]);
	}
	await visit.page.emulateMedia({ colorScheme: 'light' });
	await visit.fill(editor.field('firstName'), 'Mona');
	await visit.fill(editor.field('phone'), '010 0123 4567');
	await visit.click(editor.execute);
	await editor.output.getByText(createdMona).waitFor();
	await editor.output.getByText('+201001234567', { exact: true }).waitFor();
	await visit.picture('n8n-created');
	expect(sandbox().leads).toMatchObject([{ leadInformation: { firstName: 'Mona', phone: '+201001234567' } }]);
	// One of them unfolds the actions: on an empty canvas n8n shows the trigger of the same name first.
	expect(visit.steps().length).toBeLessThanOrEqual(13);
});

const document = (page: string): string => readFileSync(join(__dirname, '../../../docs', page), 'utf8');
/** The workflow that a page of the documents offers to copy. */
const offeredIn = (page: string): string => /```json\n([\s\S]*?)```/.exec(document(page))?.[1] ?? '';

walk('with the workflow of docs/connect.md, at most ten clicks and fields', place, async (visit) => {
	await signInByHand(visit);
	await visit.page.goto(`${url()}/home/workflows`);
	await visit.click(visit.page.locator('[data-test-id="new-workflow-card"]'));
	const editor = editorOf(visit);
	await editor.firstStep.waitFor();
	await visit.paste(offeredIn('connect.md'));
	await visit.doubleClick(
		visit.page.locator('[data-test-id="canvas-node"]').filter({ hasText: 'iCloud-Ready' }).first(),
	);
	await visit.click(editor.connect);
	await fillCredential(visit, { baseUrl: sandbox().baseUrl, apiKey: 'sandbox-key' });
	await visit.click(editor.save);
	await editor.credential.waitFor({ state: 'detached' });
	await visit.click(editor.execute);
	await editor.output.getByText(/Lead \d+ was created/).waitFor();
	expect(sandbox().leads.at(-1)).toMatchObject({ leadInformation: { firstName: 'Ahmed', phone: '+201001234567' } });
	expect(visit.steps().length).toBeLessThanOrEqual(10);
});

walk('from an empty n8n to the first genuine lead of Google Ads in at most sixteen actions', place, async (visit) => {
	const { page } = visit;
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await signInByHand(visit);
	await page.goto(`${url()}/home/workflows`);
	await visit.click(page.locator('[data-test-id="new-workflow-card"]'));
	const editor = editorOf(visit);
	await editor.firstStep.waitFor();
	await visit.paste(offeredIn('receive.md'));

	await visit.doubleClick(editor.node('iCloud-Ready'));
	await visit.click(editor.connect);
	await fillCredential(visit, { baseUrl: sandbox().baseUrl, apiKey: 'sandbox-key' });
	await visit.click(editor.save);
	await editor.credential.waitFor({ state: 'detached' });

	await visit.click(editor.neighbor('iCloud-Ready Trigger'));
	await visit.click(editor.connect);
	await visit.fill(editor.field('secret'), 'made-up-key');
	await visit.click(editor.save);
	await editor.credential.waitFor({ state: 'detached' });
	await visit.click(editor.close);

	await visit.click(editor.publish);
	await visit.click(editor.publishNow);
	await editor.published.waitFor();
	// The address of which the page tells. n8n serves it a moment after the workflow was published.
	const address = url() + (/`(\/webhook\/[^`]+)`/.exec(document('receive.md'))?.[1] ?? '');
	await until(async () => (await fetch(address)).status !== 404);
	// The last one is Google's: somebody sends the form of an ad.
	expect(await sendAsGoogle(address, 'made-up-key')).toBe(200);
	expect(visit.steps().length + 1).toBeLessThanOrEqual(16);
	expect(sandbox().leads).toMatchObject([{ leadInformation: { firstName: 'Mona', phone: '+201001234567' } }]);
	expect(await sendAsGoogle(address, 'another-key')).toBe(401);
	expect(await sendAsGoogle(address, 'made-up-key')).toBe(200);
	expect(sandbox().leadCount).toBe(1);

	// The same address is copied from the canvas, and stands in the trigger's panel.
	await visit.click(editor.published);
	await visit.click(editor.node('iCloud-Ready Trigger'));
	await visit.press('Alt+u');
	await until(async () => (await page.evaluate(async () => await navigator.clipboard.readText())) === address);
	await visit.picture('n8n-trigger-canvas', { clip: { x: 390, y: 330, width: 660, height: 200 } });
	await visit.doubleClick(editor.node('iCloud-Ready Trigger'));
	await visit.click(page.getByText('Webhook URLs', { exact: true }));
	await visit.click(page.getByText('Production URL', { exact: true }));
	await page.locator('.webhook-url', { hasText: address }).waitFor();
	await visit.picture('n8n-trigger');
});

describe('the node is found by', () => {
	for (const word of sampleOf(['create lead', 'crm', 'icloud'], 1)) {
		walk(word, canvas, async (visit) => {
			const editor = editorOf(visit);
			await visit.click(editor.firstStep);
			await visit.fill(editor.search, word);
			await editor.found('iCloud-Ready').waitFor();
		});
	}
});

walk("a credential's test fails in words and passes once the key is right", canvas, async (visit) => {
	const editor = await addNode(visit, 'create lead');
	await visit.click(editor.connect);
	await fillCredential(visit, { baseUrl: sandbox().baseUrl, apiKey: 'expired-key' });
	await visit.click(editor.save);
	await visit.click(editor.credential.getByText('More details'));
	await editor.credential.getByText('iCloud-Ready did not accept the API key.').waitFor();
	await visit.picture('n8n-credential-refused');
	await visit.fill(editor.field('apiKey'), 'sandbox-key');
	await visit.click(editor.save);
	await editor.credential.waitFor({ state: 'detached' });
});

/** The same, where a credential is there already. */
const withCredential = {
	...canvas,
	open: async (visit: Visit) => {
		await addCredential();
		await canvas.open(visit);
	},
};

walk('a wrong field is named, with what to do', withCredential, async (visit) => {
	const editor = await addNode(visit, 'crm');
	await visit.fill(editor.field('firstName'), 'Mona');
	await visit.fill(editor.field('phone'), '12');
	await visit.click(editor.execute);
	await editor.output.getByText('Phone "12" is not a valid phone number').first().waitFor();
	await editor.output.getByText('Check the number, add its country code').first().waitFor();
	await visit.picture('n8n-invalid');
	expect(sandbox().leads).toEqual([]);
});

walk('Output per Outcome shows eight labels on the canvas', withCredential, async (visit) => {
	const editor = await addNode(visit, 'icloud');
	await visit.fill(editor.field('firstName'), 'Mona');
	await visit.fill(editor.field('phone'), '010 0123 4567');
	await visit.click(editor.toggle('outputPerOutcome'));
	await visit.click(editor.execute);
	await editor.output.getByText(createdMona).waitFor();
	await visit.click(editor.close);
	await editor.outputLabels.nth(outcomeKinds.length - 1).waitFor();
	const labels = (await editor.outputLabels.allInnerTexts()).map((text) => text.split('\n')[0]);
	expect(labels).toEqual(outcomeKinds.map(({ label }) => label));
	await visit.picture('n8n-outputs');
});
