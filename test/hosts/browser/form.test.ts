import { useBrowser } from './browser';
import { credentials } from './nodeRedFlows';
import { useNodeRed } from './nodeRedWorld';
import { walk } from './walk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const browser = useBrowser();
const { nodeRed, sandbox, url } = useNodeRed('node-red-5');

const example = JSON.parse(
	readFileSync(join(__dirname, '../../../packages/node-red/examples/website-form.json'), 'utf8'),
) as readonly Readonly<Record<string, unknown>>[];

/** The example as imported, with the stand-in's account in place of the one that it leaves empty. */
const deployExample = async (): Promise<void> => {
	await nodeRed().deploy(
		example.map((node) =>
			node.type === 'icloud-ready-account' ? { ...node, baseUrl: sandbox().baseUrl, organizationId: 'org-1' } : node,
		),
		{ 'icr-account': credentials.account },
	);
};

const words = {
	'en-US': { address: '/lead-form', name: 'Mona', thanks: 'Thank you, Mona', picture: 'form' },
	'ar-EG': { address: '/lead-form?lang=ar', name: 'منى', thanks: 'شكرًا لك يا منى', picture: 'form-ar' },
} as const;

for (const language of ['en-US', 'ar-EG'] as const) {
	const { address, name, thanks, picture } = words[language];
	walk(
		`from the website form to the inbox: ${language}`,
		{ browser, url },
		async (visit) => {
			const { page } = visit;
			await deployExample();
			await page.goto(url() + address);
			await visit.fill(page.locator('#firstName'), name);
			await visit.fill(page.locator('#phone'), '12');
			await visit.click(page.locator('button'));
			await page.locator('#phone[aria-invalid]').waitFor();
			await visit.picture(`${picture}-1-marked`, { of: page.locator('main') });
			await visit.fill(page.locator('#phone'), '010 0123 4567');
			await visit.click(page.locator('button'));
			await page.getByText(thanks).waitFor();
			await visit.picture(`${picture}-2-thanks`, { of: page.locator('main') });
			await page.goto(sandbox().origin);
			await page.getByText(name).first().click();
			await page.getByText('+201001234567').first().waitFor();
			if (language === 'en-US') await visit.picture('inbox');
		},
		{ language, colors: 'light' },
	);
}
