import type { Page } from 'playwright-core';

interface LeadsAnswer {
	readonly leads: readonly Readonly<Record<string, unknown>>[];
}

/** From now on each lead of a list comes as one that has changed meanwhile: its message is another. */
export const changeLeads = async (page: Page, path: string): Promise<void> => {
	await page.route(path, async (route) => {
		// Whole, and not only that nothing has changed.
		const { 'if-none-match': _, ...headers } = route.request().headers();
		const response = await route.fetch({ headers });
		const answer = (await response.json()) as LeadsAnswer;
		const leads = answer.leads.map((lead) => ({ ...lead, message: 'It has changed meanwhile.' }));
		await route.fulfill({ response, json: { ...answer, leads } });
	});
};
