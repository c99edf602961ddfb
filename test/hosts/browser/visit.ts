import { isKnownNoise } from './knownNoise';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

export interface Look {
	readonly language: 'en-US' | 'ar-EG';
	readonly colors: 'light' | 'dark';
}

type Clicking = NonNullable<Parameters<Locator['click']>[0]>;

/** What of the page a picture shows, all of it by default. The pointer is moved away but for what shows `onHover`. */
export interface Part {
	readonly of?: Locator;
	readonly clip?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
	readonly onHover?: boolean;
}

/** One person at the editor: what is clicked and filled in is counted, and what the page complains of is kept. */
export interface Visit {
	readonly page: Page;
	readonly click: (what: Locator, how?: Clicking) => Promise<void>;
	readonly doubleClick: (what: Locator) => Promise<void>;
	/** Fills in a field, in place of what it held. */
	readonly fill: (what: Locator, text: string) => Promise<void>;
	/** Chooses an entry of a list by its value. */
	readonly choose: (what: Locator, value: string) => Promise<void>;
	/** Copies a text elsewhere and pastes it here: two steps. */
	readonly paste: (text: string) => Promise<void>;
	/** Keys that are pressed together. */
	readonly press: (keys: string) => Promise<void>;
	readonly drag: (what: Locator, to: Locator, place?: { readonly x: number; readonly y: number }) => Promise<void>;
	/** Each click, drag, choice, field and key so far. */
	readonly steps: () => readonly string[];
	/** What the console and the page reported as errors, without what the host itself is known to print. */
	readonly complaints: () => readonly string[];
	/** With `npm run pictures`, keeps what is seen as `docs/pictures/<name>.png`. */
	readonly picture: (name: string, part?: Part) => Promise<void>;
	readonly close: () => Promise<void>;
}

const folder = join(__dirname, '../../../docs/pictures');
/** Long, since a machine that does much else at the same time is slow; nothing waits longer than it must. */
const patienceMs = 45_000;

/** The same size everywhere, so that pictures fit each other. */
const viewport = { width: 1280, height: 800 };

/** A window in which nothing is open yet. */
export const openVisit = async (
	browser: Browser,
	{ language, colors }: Look = { language: 'en-US', colors: 'light' },
): Promise<Visit> => {
	const context = await browser.newContext({
		viewport,
		locale: language,
		colorScheme: colors,
		reducedMotion: 'reduce',
	});
	context.setDefaultTimeout(patienceMs);
	const page = await context.newPage();
	const complaints: string[] = [];
	const complain = (text: string): void => {
		if (!isKnownNoise(text)) complaints.push(text);
	};
	page.on('console', (message) => {
		if (message.type() === 'error') complain(`console: ${message.text()} (${message.location().url})`);
	});
	// With the first line of the trace, which says whose fault it is.
	page.on('pageerror', ({ message, stack = '' }) =>
		complain(`page: ${message}${/\n\s+at [^\n]+/.exec(stack)?.[0] ?? ''}`),
	);

	const steps: string[] = [];
	const count = (doing: string, what: Locator): void => void steps.push(`${doing} ${String(what)}`);
	return {
		page,
		click: async (what, how = {}) => {
			count('click', what);
			await what.click(how);
		},
		doubleClick: async (what) => {
			count('double-click', what);
			await what.dblclick();
		},
		fill: async (what, text) => {
			count('fill in', what);
			await what.fill(text);
		},
		choose: async (what, value) => {
			count('choose in', what);
			await what.selectOption(value);
		},
		paste: async (text) => {
			steps.push('copy', 'paste');
			await page.evaluate((pasted) => {
				const clipboardData = new DataTransfer();
				clipboardData.setData('text/plain', pasted);
				document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
			}, text);
		},
		press: async (keys) => {
			steps.push(`press ${keys}`);
			await page.keyboard.press(keys);
		},
		drag: async (what, to, place) => {
			count('drag', what);
			await what.scrollIntoViewIfNeeded();
			await what.dragTo(to, place === undefined ? {} : { targetPosition: place });
		},
		steps: () => steps,
		complaints: () => complaints,
		picture: async (name, { of, clip, onHover = false } = {}) => {
			if (process.env.PICTURES !== '1') return;
			mkdirSync(folder, { recursive: true });
			if (!onHover) {
				await page.mouse.move(0, 0);
				await page.locator('.red-ui-popover:visible, .n8n-tooltip:visible').first().waitFor({ state: 'hidden' });
			}
			const options = { path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' } as const;
			await (of === undefined
				? page.screenshot({ ...options, ...(clip === undefined ? {} : { clip }) })
				: of.screenshot(options));
		},
		close: async () => {
			await context.close();
		},
	};
};
