import { type Sandbox, startSandbox } from '../../packages/sandbox/src';
import { barriersIn } from './browser/barriers';
import { useBrowser } from './browser/browser';
import type { BrowserContextOptions, Page } from 'playwright-core';

const wide = { width: 1280, height: 900 };
const narrow = { width: 375, height: 780 };

const browser = useBrowser();
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => {
	await sandbox.close();
});

const send = async (person: object = {}, key = 'sandbox-key'): Promise<void> => {
	const body = {
		leadInformation: {
			firstName: 'منى',
			lastName: 'عبد الرحمن السيد محمد',
			phone: '+201001234567',
			email: 'mona@example.com',
			...person,
		},
		leadSource: 'facebook_ads',
		interests: ['فيلا', 'garden'],
	};
	const headers = { 'content-type': 'application/json', 'x-api-key': key, organizationId: 'org-1' };
	await fetch(`${sandbox.baseUrl}/leads`, {
		method: 'POST',
		headers,
		body: JSON.stringify(body),
		redirect: 'manual',
	}).catch(() => undefined);
};

/** One call of each outcome that an answer can have; the newest is a created lead. */
const sendEveryOutcome = async (): Promise<void> => {
	for (const status of [501, 500, 429, 400]) await send({ email: `status-${status}@sandbox.test` });
	for (const name of ['expired', 'readonly', 'sandbox'])
		await send({ firstName: 'Ahmed', lastName: name }, `${name}-key`);
};

const open = async (options: BrowserContextOptions, before: () => Promise<void> = sendEveryOutcome): Promise<Page> => {
	sandbox.reset();
	await before();
	const page = await (
		await browser().newContext({
			reducedMotion: 'reduce',
			permissions: ['clipboard-read', 'clipboard-write'],
			...options,
		})
	).newPage();
	await page.goto(sandbox.origin);
	await page.waitForSelector('#link[data-state="live"]');
	await page.waitForSelector('#rows li');
	return page;
};

/** It folds once there are calls to see. */
const unfoldTryIt = async (page: Page): Promise<void> => {
	await page.click('#try summary');
	await page.waitForSelector('[data-copy="sandbox-key"]');
};

const barriers = async (page: Page): Promise<readonly string[]> => await barriersIn(page, 'html');
const fitsWidth = async (page: Page): Promise<boolean> =>
	await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
const focused = async (page: Page): Promise<string> =>
	await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? '');

describe.each([
	['light', { viewport: wide, colorScheme: 'light' }],
	['dark', { viewport: wide, colorScheme: 'dark' }],
	['light at 375 px', { viewport: narrow, colorScheme: 'light' }],
	['dark at 375 px', { viewport: narrow, colorScheme: 'dark' }],
	['light in Arabic', { viewport: wide, colorScheme: 'light', locale: 'ar' }],
	['dark in Arabic at 375 px', { viewport: narrow, colorScheme: 'dark', locale: 'ar' }],
] as const)('%s', (name, options) => {
	test('no serious barrier in list, detail and Try it, and nothing wider than the page', async () => {
		const page = await open(options);
		await page.evaluate(() => document.querySelector<HTMLDetailsElement>('#try')?.setAttribute('open', ''));
		expect([await barriers(page), await fitsWidth(page)]).toEqual([[], true]);
		await page.click('#rows li:nth-child(4) button');
		await page.waitForSelector('#detail .message');
		await page.evaluate(() =>
			document.querySelectorAll('#detail details').forEach((each) => each.setAttribute('open', '')),
		);
		expect([await barriers(page), await fitsWidth(page)]).toEqual([[], true]);
		await page.context().close();
	});

	test('the ground follows the preferred scheme', async () => {
		const page = await open(options);
		const brightness = await page.evaluate(() =>
			Math.max(...(getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).slice(0, 3).map(Number)),
		);
		expect(brightness < 128).toBe(name.startsWith('dark'));
		await page.context().close();
	});
});

test('the check does find barriers', async () => {
	const page = await open({ viewport: wide });
	await page.evaluate(() => document.querySelector('label[for="search"]')?.remove());
	await page.evaluate(() => {
		(document.querySelector('.facts') as HTMLElement).style.color = '#eee';
	});
	expect((await barriers(page)).join('\n')).toMatch(/color-contrast/);
	await page.context().close();
});

/** What Tab reaches from the top of the page, until it starts over. */
const tabStops = async (page: Page): Promise<readonly string[]> => {
	const stops: string[] = [];
	for (let presses = 0; presses < 80; presses++) {
		await page.keyboard.press('Tab');
		const stop = await focused(page);
		if (stop.startsWith('<body') || stop === stops[0]) break;
		stops.push(stop);
	}
	return stops;
};

describe('by keyboard', () => {
	test('Tab reaches everything, in the order it is read', async () => {
		const page = await open({ viewport: wide });
		await unfoldTryIt(page);
		await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		await page.evaluate(() => document.querySelector<HTMLElement>('.skip')?.focus());
		const stops = [await focused(page), ...(await tabStops(page))];
		const wanted = [
			'class="skip"',
			'id="send"',
			'<summary',
			'data-copy="sandbox-key"',
			'data-send="',
			'data-kind="created"',
			'id="search"',
			'data-id="',
			'<button type="button" class="plain" data-copy="',
		];
		const places = wanted.map((each) => stops.findIndex((stop) => stop.includes(each)));
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((one, other) => one - other));
		await page.context().close();
	});

	test('what has the focus shows it', async () => {
		const page = await open({ viewport: wide });
		await unfoldTryIt(page);
		for (const selector of [
			'#send',
			'#try summary',
			'[data-copy="sandbox-key"]',
			'.counts button',
			'#search',
			'#rows button[tabindex="0"]',
			'#detail [data-copy]',
		]) {
			await page.focus(selector);
			await page.keyboard.press('Shift');
			const outline = await page.evaluate((found) => {
				const { outlineStyle, outlineWidth } = getComputedStyle(document.querySelector(found) as Element);
				return `${outlineStyle} ${outlineWidth}`;
			}, selector);
			expect([selector, outline]).toEqual([selector, 'solid 2px']);
		}
		await page.context().close();
	});

	test('copy, search, choose', async () => {
		const page = await open({ viewport: wide });
		await unfoldTryIt(page);
		await page.focus('[data-copy="limited-key"]');
		await page.keyboard.press('Enter');
		await page.waitForSelector('[data-copy="limited-key"].copied');
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('limited-key');
		expect(await page.textContent('#news')).toBe('Copied.');
		await page.keyboard.press('/');
		expect(await focused(page)).toContain('id="search"');
		await page.keyboard.type('expired');
		await page.waitForFunction(() => document.querySelectorAll('#rows li').length === 1);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await page.waitForFunction(() => document.querySelector('#detail h2')?.textContent === 'Ahmed expired');
		await page.context().close();
	});

	test('arrows walk the list, and the detail goes along', async () => {
		const page = await open({ viewport: wide });
		await page.focus('#rows button[tabindex="0"]');
		await page.keyboard.press('ArrowDown');
		await page.waitForFunction(() => document.querySelector('#detail h2')?.textContent === 'Ahmed readonly');
		await page.keyboard.press('End');
		await page.waitForFunction(
			() => document.querySelector('#detail .outcome')?.getAttribute('data-kind') === 'failed',
		);
		await page.context().close();
	});

	test('at 375 px Enter opens a call and Escape leads back to it', async () => {
		const page = await open({ viewport: narrow });
		await page.focus('#rows li:nth-child(2) button');
		const row = await focused(page);
		await page.keyboard.press('Enter');
		await page.waitForFunction(() => document.activeElement?.tagName === 'H2');
		await page.keyboard.press('Escape');
		await page.waitForSelector('body[data-view="list"]');
		expect((await focused(page)).slice(0, 60)).toBe(row.slice(0, 60));
		await page.context().close();
	});
});

test('the first lead is in sight at 1280 x 800, and Try it has made room for it', async () => {
	const page = await open({ viewport: { width: 1280, height: 800 } }, async () => await send());
	expect(await page.evaluate(() => document.querySelector<HTMLDetailsElement>('#try')?.open)).toBe(false);
	const row = await page.locator('#rows li').first().boundingBox();
	expect((row?.y ?? 800) + (row?.height ?? 0)).toBeLessThan(800);
	await page.context().close();
});

test('at 375 px the outcomes that have calls come first', async () => {
	const page = await open({ viewport: narrow }, async () => {
		await send({}, 'expired-key');
	});
	const shown = await page.evaluate(() =>
		[...document.querySelectorAll('.counts button')]
			.map((each) => ({ text: each.textContent ?? '', x: each.getBoundingClientRect().x }))
			.sort((one, other) => one.x - other.x)
			.map(({ text }) => text.trim()),
	);
	expect(shown.slice(0, 2)).toEqual(['1All calls', '1Key Refused']);
	await page.context().close();
});

test('a filter that hides the selected call empties the detail; again and clear do what they say', async () => {
	const page = await open({ viewport: wide });
	page.on('dialog', (dialog) => void dialog.accept());
	await page.click('.counts [data-kind="unauthorized"]');
	await page.waitForSelector('#detail .nothing');
	await page.click('#rows li button');
	await page.waitForSelector('#detail [data-again]');
	const before = sandbox.calls.length;
	await page.click('#detail [data-again]');
	await page.waitForFunction((count) => document.querySelectorAll('#rows li').length === count, 2);
	expect(sandbox.calls.length).toBe(before + 1);
	await page.click('#clear');
	await page.waitForFunction(() => document.querySelectorAll('#rows li').length === 0);
	await page.context().close();
});

test('the switch leads to the page in Arabic, from right to left', async () => {
	const page = await open({ viewport: wide });
	await page.click('.language');
	await page.waitForSelector('html[dir="rtl"] #rows li');
	await page.waitForFunction(() => document.querySelector('#rows .outcome')?.textContent === 'تم التسجيل');
	await page.waitForFunction(() => document.querySelector('#detail .said')?.textContent?.includes('تم تسجيل العميل'));
	await page.context().close();
});

/** Where the page's fixed parts stand, and what the reader of the detail sees. */
const looks = async (page: Page): Promise<unknown> =>
	await page.evaluate(() => ({
		parts: [
			...document.querySelectorAll(
				'body > header, #try, .counts, .counts button, .search, #inbox, #detail, #detail header, #detail .message',
			),
		].map((part) => {
			const { x, y, width, height } = part.getBoundingClientRect();
			return [x, y, width, height].map(Math.round).join(' ');
		}),
		detail: document.querySelector('#detail')?.textContent,
	}));

/** Sends one lead more and waits until its row is there. */
const arrive = async (page: Page): Promise<void> => {
	const before = await page.textContent('.counts b');
	await send({ firstName: 'Newest' });
	await page.waitForFunction((count) => document.querySelector('.counts b')?.textContent !== count, before);
};

describe('when a lead arrives', () => {
	const nine = async (): Promise<void> => {
		for (let at = 0; at < 9; at++) await send({ firstName: `Lead ${at}` });
	};

	test('nothing shifts but the rows below it, and what is read stays', async () => {
		const page = await open({ viewport: wide }, nine);
		await page.click('#rows li:nth-child(5) button');
		await page.waitForSelector('#detail .message');
		await page.evaluate(() => {
			const shifted: string[] = [];
			Object.assign(window, { shifted });
			// The library's types do not know of layout shifts.
			new PerformanceObserver((list) => {
				for (const { sources } of list.getEntries() as unknown as {
					readonly sources: readonly { readonly node: Node | null }[];
				}[]) {
					for (const { node } of sources) {
						const element = node instanceof Element ? node : node?.parentElement;
						if (element?.closest('#rows') === null) shifted.push(element.outerHTML.slice(0, 80));
					}
				}
			}).observe({ type: 'layout-shift' });
		});
		const before = await looks(page);
		for (let count = 0; count < 3; count++) await arrive(page);
		expect(await looks(page)).toEqual(before);
		expect(await page.evaluate('shifted')).toEqual([]);
		await page.context().close();
	});

	test.each([
		['beside the detail', wide, '#rows'],
		['at 375 px', narrow, 'html'],
	])('a list that was scrolled stays where it is: %s', async (_, viewport, scroller) => {
		const page = await open({ viewport }, async () => {
			for (let at = 0; at < 30; at++) await send({ firstName: `Lead ${at}` });
		});
		const top = async (): Promise<number> =>
			await page.evaluate(() =>
				Math.round(
					[...document.querySelectorAll('#rows li')]
						.find((row) => row.textContent?.includes('Lead 5 ') ?? false)
						?.getBoundingClientRect().top ?? 0,
				),
			);
		await page.evaluate((selector) => {
			(document.querySelector(selector) as Element).scrollTop = 900;
		}, scroller);
		const before = await top();
		for (let count = 0; count < 3; count++) await arrive(page);
		expect(await top()).toBe(before);
		await page.context().close();
	});
});
