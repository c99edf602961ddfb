import { type Alert, alertKinds, type AlertPlace, alertText, holdReasons } from '../../../packages/core/src';

const sinceMs = Date.UTC(2026, 2, 3, 9, 12);
const overMs = Date.UTC(2026, 2, 3, 10, 40);
const states = ['begun', 'still', 'over'] as const;
const places: readonly AlertPlace[] = ['account', 'gateway'];
const context = { name: 'Nile View', timeZone: 'UTC' } as const;

const rows = alertKinds.flatMap((kind) =>
	states.flatMap((state) =>
		places.flatMap((place) => [0, 1, 2, 42, 12_345].map((count) => ({ kind, state, place, count }))),
	),
);

test('every alert is a title and whole sentences in both languages', () => {
	for (const { kind, state, place, count } of rows) {
		const alert: Alert = { kind, state, count, sinceMs, overMs };
		for (const language of ['en', 'ar'] as const)
			for (const name of ['Nile View', '']) {
				const { title, text } = alertText(alert, { ...context, place, name }, language);
				expect([title, text].join(' ')).not.toMatch(/undefined|null|NaN|\[object| {2}|\s\./);
				expect(title.length).toBeLessThan(110);
				expect(title).not.toMatch(/[.؟]$/);
				expect(text).toMatch(/[.؟]$/);
				expect(/[\u0600-\u06ff]/.test(text)).toBe(language === 'ar');
			}
	}
});

test.each(holdReasons)('leads that wait because of %s: it says why in both languages', (why) => {
	const alert: Alert = { kind: 'waiting', state: 'begun', count: 2, why, sinceMs };
	const texts = (['en', 'ar'] as const).map((language) => [
		alertText(alert, { ...context, place: 'account' }, language).text,
		alertText({ ...alert, why: undefined } as Alert, { ...context, place: 'account' }, language).text,
	]);
	for (const [reasoned, bare] of texts) expect(reasoned).not.toBe(bare);
});

test('a refused key in the words that people read', () => {
	const begun: Alert = { kind: 'key', state: 'begun', count: 42, sinceMs };
	expect(alertText(begun, { ...context, place: 'account' }, 'en')).toEqual({
		title: 'iCloud-Ready refuses the API key of Nile View',
		text: 'Since 3 Mar, 09:12 UTC iCloud-Ready has refused the API key of Nile View. 42 leads are waiting; none is lost. Paste a new key into the account and deploy.',
	});
	expect(alertText({ ...begun, state: 'over', overMs }, { ...context, place: 'account' }, 'en')).toEqual({
		title: 'Over: iCloud-Ready refuses the API key of Nile View',
		text: 'Since 3 Mar, 10:40 UTC no lead of Nile View is held back because of the API key any longer.',
	});
	expect(
		alertText({ ...begun, count: 1, organizationId: 'org-1' }, { ...context, place: 'gateway', name: 'org-1' }, 'en')
			.text,
	).toBe(
		'Since 3 Mar, 09:12 UTC iCloud-Ready has refused the API key of organization org-1. 1 lead is waiting; none is lost. Enter a key that works where these leads come from.',
	);
});

test('the same in Arabic', () => {
	const { title, text } = alertText(
		{ kind: 'key', state: 'begun', count: 42, sinceMs },
		{ ...context, place: 'account' },
		'ar',
	);
	expect(title).toBe('يرفض iCloud-Ready مفتاح الربط (الحساب \u2068Nile View\u2069)');
	expect(text).toContain('عدد العملاء قيد الانتظار: 42');
});
