import { type RunningGateway, startGateway } from '../../../packages/gateway/src/main/server';
import { byCases } from '../../fixtures/cases';
import { outcomeOf } from '../../../packages/core/src';
import { createSecrets } from '../../../packages/gateway/src/leads/accounts';
import {
	endedWithoutCredentials,
	entryFor,
	type SealedLead,
	sealedLeadFormat,
} from '../../../packages/gateway/src/stores/disk/sealedEntry';
import { type Change, type Entry, entryId, interrupted, openDiskStore } from '../../../packages/outbox/src';
import { type Sandbox, startSandbox } from '../../../packages/sandbox/src';
import { settingsOf } from '../../gateway/world';
import { gatewayProcess } from '../gateway/gatewayProcess';
import { openKeyedApi } from '../gateway/keyedApi';
import { pause, until } from '../until';
import { barriersIn } from './barriers';
import { useBrowser } from './browser';
import { changeLeads } from './changedLeads';
import { openVisit, type Visit } from './visit';
import { walk } from './walk';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';

const adminToken = 'the token of whoever runs it';
const browser = useBrowser();
const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-gateway-inbox-'));
let sandbox: Sandbox;
let gateway: RunningGateway;
let starts = 0;

/** A gateway of its own for each test, with nothing in it. */
beforeEach(async () => {
	sandbox = await startSandbox({ port: 0 });
	gateway = await startGateway(
		settingsOf({
			adminToken,
			baseUrl: sandbox.baseUrl,
			port: 0,
			folder: join(folder, String(++starts)),
			waitSeconds: 1,
			stopSeconds: 1,
		}),
		() => undefined,
	);
});
afterEach(async () => {
	await gateway.close();
	await sandbox.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = { browser, url: () => `${gateway.origin}/inbox` };

const give = async (
	firstName: string,
	lastName: string,
	phone: string,
	{ key = 'sandbox-key', email = 'lead@example.com', campaignName = 'New Cairo villas' } = {},
): Promise<void> => {
	const headers = { 'content-type': 'application/json', 'x-api-key': key, organizationid: '686f894eaf67193dd6e124ce' };
	await fetch(`${gateway.baseUrl}/leads`, {
		method: 'POST',
		headers,
		body: JSON.stringify({ leadInformation: { firstName, lastName, phone, email }, campaignName }),
	});
};

/** Leads that were created, one that was not, two whose answer was lost, and two whose key is refused. */
const giveLeads = async (): Promise<void> => {
	await give('Mona', 'Hassan', '+201001234501');
	await give('ليلى', 'عبد الله', '+201001234502');
	await give('Karim', 'Nabil', '+201001234503', { email: 'status-400@sandbox.test' });
	await give('Omar', 'Adel', '+201001234504', { email: 'lost@sandbox.test' });
	await give('منى', 'حسن', '+201001234505', { email: 'lost@sandbox.test' });
	await give('Sara', 'Fouad', '+201001234506', { key: 'expired-key' });
	await give('Youssef', 'Samir', '+201001234507', { key: 'expired-key' });
};

interface Inbox {
	readonly list: (name: string) => Locator;
	readonly lead: (name: string) => Locator;
	readonly act: (label: string) => Locator;
	readonly detail: Locator;
}
const signIn = async (visit: Visit): Promise<Inbox> => {
	const { page } = visit;
	await visit.fill(page.locator('#token'), adminToken);
	await page.keyboard.press('Enter');
	await page.locator('#link[data-state="live"]').waitFor();
	const detail = page.locator('#detail');
	return {
		detail,
		list: (name) => page.locator(`.counts [data-list="${name}"]`),
		lead: (name) => page.locator('#rows button', { hasText: name }),
		act: (label) => detail.getByRole('button', { name: label, exact: true }),
	};
};
const organizationId = '686f894eaf67193dd6e124ce';

/** A store in which so many leads were sent and not answered. */
const fillUnconfirmed = async (where: string, count: number): Promise<void> => {
	const secrets = createSecrets('a secret that nobody guesses');
	const credentials = { apiKey: 'key-1', organizationId };
	const account = secrets.accountOf(credentials);
	const { store } = await openDiskStore(where, Date.now(), sealedLeadFormat);
	for (let first = 1; first <= count; first += 500) {
		const page = Array.from({ length: Math.min(500, count - first + 1) }, (_, at): Change<SealedLead> => {
			const phone = `+2010${String(10_000_000 + first + at)}`;
			const lead = { leadInformation: { firstName: `Mona ${first + at}`, phone } };
			const { payload, partition } = entryFor({ credentials, account, lead, body: JSON.stringify(lead) }, secrets);
			const entry: Entry<SealedLead> = {
				id: entryId(first + at, account.id),
				partition,
				payload,
				arrivedAtMs: Date.now() - 3_600_000,
				endedAtMs: Date.now() - 3_500_000,
				outcome: interrupted(payload),
			};
			return { kind: 'put', entry, shelf: 'unconfirmed' };
		});
		await endedWithoutCredentials(store).write(page);
	}
	// Its key was accepted before, as that of most is: leads of one that never was have little room.
	const lead = { leadInformation: { firstName: 'First', phone: '+201009999998' } };
	const { payload, partition } = entryFor({ credentials, account, lead, body: JSON.stringify(lead) }, secrets);
	const body = JSON.stringify({ _id: 'first', realmId: organizationId });
	const reply = { status: 201, contentType: 'application/json', retryAfter: null, body };
	const created: Entry<SealedLead> = {
		id: entryId(count + 1, account.id),
		partition,
		payload,
		arrivedAtMs: Date.now() - 3_600_000,
		endedAtMs: Date.now() - 3_500_000,
		outcome: Object.assign(
			outcomeOf({ outcome: 'created', cause: { kind: 'answered' }, answer: {} }, { lead: payload.lead, attempts: 1 }),
			{ reply },
		),
	};
	await endedWithoutCredentials(store).write([{ kind: 'put', entry: created, shelf: 'ended' }]);
	await store.close();
};

const barriers = async (visit: Visit): Promise<readonly string[]> => await barriersIn(visit.page, 'html');
const fitsWidth = async (visit: Visit): Promise<boolean> =>
	await visit.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

walk('signing in after a wrong token, and out again', place, async (visit) => {
	const { page } = visit;
	await giveLeads();
	await visit.fill(page.locator('#token'), 'a token that is wrong');
	await visit.click(page.getByRole('button', { name: 'Sign in' }));
	await page.getByText('That token is not correct.').waitFor();
	expect(await page.content()).not.toContain('a token that is wrong');
	const { lead } = await signIn(visit);
	await lead('Sara').waitFor();
	expect([page.url(), await page.evaluate(() => document.cookie)]).toEqual([`${gateway.origin}/inbox?lang=en`, '']);
	await visit.click(page.getByRole('button', { name: 'Sign out' }));
	await page.locator('#token').waitFor();
	await page.goto(place.url());
	await page.locator('#token').waitFor();
	expect(await page.content()).not.toContain('Sara');
});

walk(
	'a lead is found, one that arrived is marked, one is discarded and one sent again, each after its question',
	place,
	async (visit) => {
		const { page } = visit;
		await giveLeads();
		const { list, lead, act, detail } = await signIn(visit);
		await page.locator('#held').getByText('The API key was refused.').waitFor();
		expect(await page.locator('.counts b').allTextContents()).toEqual(['2', '2', '3']);

		await visit.click(list('unconfirmed'));
		// By keyboard alone, as somebody without a mouse would.
		await lead('منى').waitFor();
		await page.locator('#search').focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		await detail.getByRole('heading', { name: 'Omar Adel' }).waitFor();
		await visit.picture('gateway-inbox');
		await act('It is in iCloud-Ready').press('Enter');
		await page.getByText('Omar Adel is marked as being in iCloud-Ready.').waitFor();
		await list('ended').getByText('4', { exact: true }).waitFor();

		await visit.click(lead('منى'));
		await visit.click(act('Send again'));
		await detail.getByText('sending it again may create a duplicate').waitFor();
		await visit.click(act('Cancel'));
		await visit.click(act('Send again'));
		const before = sandbox.calls.length;
		await visit.click(act('Send again'));
		await page.getByText('منى حسن is being sent again.').waitFor();
		for (let tries = 0; sandbox.calls.length === before && tries < 600; tries++)
			await new Promise((resolve) => setTimeout(resolve, 100));
		expect(sandbox.calls.slice(before).filter(({ body }) => body.includes('+201001234505'))).toHaveLength(1);

		await visit.click(list('waiting'));
		await visit.click(lead('Sara'));
		await visit.click(act('Discard'));
		await detail.getByText('Discard this lead? It will not be sent.').waitFor();
		await visit.click(act('Discard'));
		await page.getByText('Sara Fouad was discarded.').waitFor();
		await lead('Sara').waitFor({ state: 'detached' });

		await visit.click(list('ended'));
		await lead('Mona').waitFor();
		const asked: string[] = [];
		page.on('request', (request) => asked.push(request.url()));
		await visit.fill(page.locator('#search'), 'nobody of this name');
		await page.getByText('No lead in this list matches your search.').waitFor();
		await visit.fill(page.locator('#search'), '+201001234501');
		await lead('Mona').waitFor();
		expect([
			await page.locator('#rows li').count(),
			asked.length > 1,
			asked.filter((url) => /nobody|2010012/.test(url)),
		]).toEqual([1, true, []]);
		const [download] = await Promise.all([page.waitForEvent('download'), visit.click(page.locator('#csv'))]);
		expect(download.suggestedFilename()).toBe('icloud-ready-leads-ended.csv');
	},
);

walk('a lead that comes is there by itself, and a question that is being asked stays', place, async (visit) => {
	await giveLeads();
	const { lead, act, detail } = await signIn(visit);
	await visit.click(lead('Sara'));
	await visit.click(act('Discard'));
	await give('Newest', 'Lead', '+201001234599', { key: 'expired-key' });
	await lead('Newest').waitFor();
	await detail.getByText('Discard this lead?').waitFor();
	expect(await visit.page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
});

walk(
	'while 100 leads a second arrive, a row stays under the pointer, and each act is one request',
	place,
	async (visit) => {
		const { page } = visit;
		for (let number = 1; number <= 60; number++) await give('Early', String(number), `+2010012${50_000 + number}`);
		const { list, detail } = await signIn(visit);
		await visit.click(list('ended'));
		const row = page.locator('#rows li').nth(4);
		await row.waitFor();
		const asked: string[] = [];
		page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace(/^.*\//, '')));
		const askedFor = (name: string): number => asked.filter((each) => each === name).length;
		const countNow = async (): Promise<number> =>
			Number((await list('ended').locator('b').textContent())?.replace(/\D/g, ''));
		let isOver = false;
		const arrivals = (async () => {
			for (let number = 1; !isOver; number++) {
				void give('New', String(number), `+2011${10_000_000 + number}`).catch(() => undefined);
				await pause(10);
			}
		})();
		try {
			const placed = async () => [await row.locator('button').getAttribute('data-id'), await row.boundingBox()];
			await row.hover();
			const [before, count] = [await placed(), await countNow()];
			// The page heard twice of more leads, and the row is where it was.
			for (let heard = 0, last = count; heard < 2; ) {
				await pause(50);
				const now = await countNow();
				if (now > last) heard++;
				last = now;
				expect(await placed()).toEqual(before);
			}
			const name = (await row.locator('button').textContent()) ?? '';
			await visit.click(row.locator('button'));
			await detail.getByRole('heading', { name: /Early|New/ }).waitFor();
			const heading = await detail.getByRole('heading').first().textContent();
			expect(name).toContain(heading ?? '-');
			// Away from the list it follows, and the lead that is open stays open although it is far down by now.
			await page.locator('#search').hover();
			await page.locator('#rows li', { hasText: 'New' }).first().waitFor();
			const refreshed = askedFor('leads');
			await until(() => askedFor('leads') > refreshed, 60_000);
			expect(await detail.getByRole('heading').first().textContent()).toBe(heading);
			// The row that was clicked is not among those that are shown any more, and an arrow goes on from its place.
			expect(await page.locator('#rows li', { hasText: heading ?? '-' }).count()).toBe(0);
			await page.keyboard.press('ArrowDown');
			await detail.getByRole('heading', { name: 'New' }).waitFor();
			// An arrow goes to the next of the rows that stand there, also where new ones came above them.
			await page.locator('#rows button').nth(2).focus();
			await page.keyboard.press('ArrowDown');
			const stepped = await page.evaluate(() => document.activeElement?.textContent ?? '');
			await detail.getByRole('heading', { name: 'New' }).waitFor();
			expect(stepped).toContain((await detail.getByRole('heading').first().textContent()) ?? '-');
			const before2 = askedFor('leads');
			await visit.click(list('unconfirmed'));
			await page.locator('#rows li').first().waitFor({ state: 'detached' });
			await visit.click(list('ended'));
			await page.locator('#rows li').first().waitFor();
			// Each of the two acts, and what the page asks by itself every four seconds.
			expect(askedFor('leads') - before2).toBeLessThanOrEqual(4);
			expect(await page.locator('#rows li').count()).toBe(50);
		} finally {
			isOver = true;
			await arrivals;
		}
	},
);

walk('a question that is being asked stays where its own lead has changed', place, async (visit) => {
	await giveLeads();
	const { lead, act, detail } = await signIn(visit);
	await visit.click(lead('Sara'));
	await visit.click(act('Discard'));
	await changeLeads(visit.page, '**/inbox/leads?*');
	await detail.getByText('It has changed meanwhile.').waitFor();
	expect(await visit.page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
	await visit.click(act('Discard'));
	await visit.page.getByText('Sara Fouad was discarded.').waitFor();
});

walk('an invalid lead is corrected in four clicks, checked while somebody types', place, async (visit) => {
	const { page } = visit;
	await give('Karim', 'Nabil', '0100', { email: 'status-400@sandbox.test' });
	const { list, lead, act, detail } = await signIn(visit);
	const before = visit.steps().filter((step) => step.startsWith('click')).length;
	await visit.click(list('ended'));
	await visit.click(lead('Karim'));
	await visit.click(act('Correct'));
	// The core's own check, before anything is sent.
	await detail.locator('#correct-phone[aria-invalid="true"]').waitFor();
	await visit.fill(detail.locator('#correct-email'), 'karim@example.com');
	await visit.fill(detail.locator('#correct-phone'), '0100 123 4503');
	await detail.locator('#correct-phone[aria-invalid="false"]').waitFor();
	await detail.getByText('+20 100 123 4503').waitFor();
	await visit.picture('gateway-correct');
	await visit.click(act('Send corrected lead'));
	expect(visit.steps().filter((step) => step.startsWith('click')).length - before).toBe(4);
	await page.getByText('Karim Nabil was corrected and is being sent as a new lead.').waitFor();
	await list('ended').getByText('2', { exact: true }).waitFor();
	expect(sandbox.calls.filter(({ body }) => body.includes('karim@example.com'))).toHaveLength(1);
	expect(sandbox.calls.at(-1)?.body).toContain('"phone":"+201001234503"');
	// The first stays what it is, and each names the other.
	await page.locator('#rows .outcome', { hasText: 'Corrected' }).waitFor();
	await visit.click(page.locator('#rows li', { hasText: 'Corrected' }).locator('button'));
	await detail.getByText('Corrected by').waitFor();
	await visit.click(detail.locator('.lead .plain').filter({ hasText: /^\d+$/ }));
	await detail.getByText('Corrects', { exact: true }).waitFor();
	// An address leads to the same lead, over a reload, Back and signing in.
	const address = page.url();
	expect(address).toMatch(/list=ended.*lead=/);
	await page.reload();
	await detail.getByText('Corrects', { exact: true }).waitFor();
	await visit.click(list('waiting'));
	await page.goBack();
	await detail.getByText('Corrects', { exact: true }).waitFor();
	await visit.click(page.getByRole('button', { name: 'Sign out' }));
	await page.goto(address);
	await visit.fill(page.locator('#token'), adminToken);
	await page.keyboard.press('Enter');
	await detail.getByText('Corrects', { exact: true }).waitFor();
	expect(page.url()).toBe(address);
});

walk('a list is filtered by what is clicked, and by the keyboard', place, async (visit) => {
	const { page } = visit;
	await giveLeads();
	const { list, lead, detail } = await signIn(visit);
	await visit.click(page.locator('#held button'));
	await page.locator('#filter-count').getByText('1').waitFor();
	await lead('Sara').waitFor();
	expect(page.url()).toContain('why=key');
	await visit.click(list('ended'));
	await lead('Karim').waitFor();
	await visit.click(lead('Karim'));
	await visit.click(detail.locator('button.pill'));
	await lead('Mona').waitFor({ state: 'detached' });
	expect([await page.locator('#rows li').count(), page.url().includes('outcome=invalid')]).toEqual([1, true]);
	await visit.click(page.locator('#filters summary'));
	await visit.choose(page.locator('#filter-outcome'), 'created');
	await lead('Mona').waitFor();
	await visit.click(page.locator('#clear-filters'));
	await lead('Karim').waitFor();
	await page.locator('#rows button').first().focus();
	await page.keyboard.press('/');
	expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press(' ');
	await page.locator('#bulk').getByText('1 lead selected').waitFor();
	const [download] = await Promise.all([page.waitForEvent('download'), visit.click(page.locator('#json'))]);
	expect(download.suggestedFilename()).toBe('icloud-ready-leads-ended.json');
});

/** All of them in a trial; as many parts of the act come and go with fewer. */
const manyLeads = byCases({ few: 1000, more: 1000, all: 5000 });
const shownMany = manyLeads.toLocaleString('en-US');

test(`${shownMany} unconfirmed leads are put right in three clicks, with kill -9 in the middle: each is sent once`, async () => {
	// What the other tests make keys with costs less, and gives others than the real gateway has.
	jest.restoreAllMocks();
	const api = await openKeyedApi();
	const leads = join(folder, 'many');
	const count = manyLeads;
	await fillUnconfirmed(leads, count);
	const real = await gatewayProcess({
		GATEWAY_API: api.baseUrl,
		GATEWAY_FOLDER: leads,
		GATEWAY_ADMIN_TOKEN: adminToken,
	});
	const visit = await openVisit(browser());
	try {
		await real.start();
		const { page } = visit;
		await page.goto(`${real.origin}/inbox`);
		await visit.fill(page.locator('#token'), adminToken);
		await page.keyboard.press('Enter');
		await page.locator('#link[data-state="live"]').waitFor();
		// What somebody has to look at is what the page shows first.
		await page.locator('.counts [data-list="unconfirmed"][aria-pressed="true"]').waitFor();
		const many = page.locator('#bulk');
		const before = visit.steps().length;
		await visit.click(many.getByRole('button', { name: 'Select all' }));
		await many.getByText(`${shownMany} leads selected`).waitFor();
		await visit.click(many.getByRole('button', { name: 'Send again' }));
		await many.getByText(`Send ${shownMany} leads again?`).waitFor();
		await visit.click(many.getByRole('button', { name: 'Send again' }));
		expect(visit.steps().length - before).toBe(3);
		await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) >= 400);
		const seen = await page.evaluate(() => document.querySelector('progress')?.value ?? 0);
		await real.kill();
		await real.start();
		await page.getByText(`Sending again: ${shownMany} leads.`).waitFor({ timeout: 240_000 });
		// The key of leads that have ended is kept nowhere: it comes by with the next lead.
		const last = await fetch(`${real.baseUrl}/leads`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': 'key-1', organizationid: organizationId },
			body: JSON.stringify({ leadInformation: { firstName: 'Last', phone: '+201009999999' } }),
		});
		expect([201, 202]).toContain(last.status);
		const figure = async (name: string): Promise<number> =>
			Number(
				new RegExp(`^gateway_${name} (\\d+)$`, 'm').exec(await (await fetch(`${real.origin}/metrics`)).text())?.[1],
			);
		const isOver = async (): Promise<boolean> => {
			await pause(250);
			return (await figure('waiting')) + (await figure('sending')) === 0;
		};
		await until(isOver, 300_000);
		const sent = api.phones.filter((phone) => phone !== '+201009999999');
		const distinct = new Set(sent).size;
		const unconfirmed = await figure('unconfirmed');
		process.stdout.write(
			`Killed at ${seen} of ${count}: ${distinct} sent, ${sent.length - distinct} doubles, ${unconfirmed} unconfirmed\n`,
		);
		expect([seen < count, sent.length - distinct, distinct]).toEqual([true, 0, count]);
		// None is marked as leaving before its key is found, and while their key was nowhere none left.
		expect(unconfirmed).toBe(0);
	} finally {
		await visit.close();
		await real.kill();
		await api.close();
	}
}, 600_000);

walk('what a form sent is text', place, async (visit) => {
	await give('<img src=x onerror=alert(1)>', '<b>bold</b>', '+201001234501', {
		campaignName: '"><script>alert(1)</script>',
	});
	const { list, lead, detail } = await signIn(visit);
	await visit.click(list('ended'));
	await visit.click(lead('<img'));
	await detail.getByRole('heading', { name: '<img src=x onerror=alert(1)> <b>bold</b>' }).waitFor();
	expect(await visit.page.locator('main img, main b, main script').count()).toBe(0);
});

for (const look of [
	{ language: 'en-US', colors: 'dark' },
	{ language: 'ar-EG', colors: 'light' },
	{ language: 'ar-EG', colors: 'dark' },
	{ language: 'en-US', colors: 'light' },
] as const) {
	const isArabic = look.language === 'ar-EG';
	for (const width of [1280, 375]) {
		walk(
			`the page keeps nobody out: ${look.language}, ${look.colors}, ${width} px`,
			place,
			async (visit) => {
				const { page } = visit;
				await page.setViewportSize({ width, height: 800 });
				await giveLeads();
				expect([await barriers(visit), await fitsWidth(visit)]).toEqual([[], true]);
				const { list, lead, act } = await signIn(visit);
				expect(await page.evaluate(() => document.documentElement.dir)).toBe(isArabic ? 'rtl' : 'ltr');
				for (const [name, who] of [
					['waiting', 'Sara'],
					['unconfirmed', 'Omar'],
					['ended', 'Mona'],
				] as const) {
					await visit.click(list(name));
					await lead(who).waitFor();
					expect([name, await barriers(visit), await fitsWidth(visit)]).toEqual([name, [], true]);
					await visit.click(lead(who));
					await page.locator('.more dl').first().waitFor();
					if (name !== 'waiting') await visit.click(act(isArabic ? 'إعادة الإرسال' : 'Send again'));
					expect([name, await barriers(visit), await fitsWidth(visit)]).toEqual([name, [], true]);
					if (isArabic && look.colors === 'light' && width === 1280 && name === 'unconfirmed')
						await visit.picture('gateway-inbox-ar');
					if (width === 375) await page.keyboard.press('Escape');
				}
				// Filters, the question before a bulk action, and the form of a correction.
				await visit.click(page.locator('#filters summary'));
				await page.locator('#filter-outcome option').nth(1).waitFor({ state: 'attached' });
				await visit.click(page.locator('#bulk [data-bulk="all"]'));
				await visit.click(page.locator('#bulk [data-bulk="retry"]'));
				await page.locator('#bulk p').waitFor();
				expect(['many', await barriers(visit), await fitsWidth(visit)]).toEqual(['many', [], true]);
				await visit.click(lead('Karim'));
				await visit.click(page.locator('#detail [data-correct]'));
				await page.locator('.correct').waitFor();
				expect(['correct', await barriers(visit), await fitsWidth(visit)]).toEqual(['correct', [], true]);
			},
			look,
		);
	}
}
