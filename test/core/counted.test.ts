import {
	attemptNoun,
	counted,
	type CountedNoun,
	dayNoun,
	leadNoun,
	minuteNoun,
	secondNoun,
} from '../../packages/core/src/words/arabic/counted';
import { explain, outcomeOf } from '../../packages/core/src';

/** Each number that Arabic counts in another way: of seconds, attempts, leads and days. */
const rows: readonly (readonly [count: number, second: string, attempt: string, lead: string, day: string])[] = [
	[0, 'أقل من ثانية', 'لا محاولات', 'لا أحد', 'أقل من يوم'],
	[1, 'ثانية واحدة', 'محاولة واحدة', 'عميل واحد', 'يوم واحد'],
	[2, 'ثانيتين', 'محاولتان', 'عميلان', 'يومين'],
	[3, '3 ثوانٍ', '3 محاولات', '3 عملاء', '3 أيام'],
	[10, '10 ثوانٍ', '10 محاولات', '10 عملاء', '10 أيام'],
	[11, '11 ثانية', '11 محاولة', '11 عميلًا', '11 يومًا'],
	[99, '99 ثانية', '99 محاولة', '99 عميلًا', '99 يومًا'],
	[100, '100 ثانية', '100 محاولة', '100 عميل', '100 يوم'],
	[101, '101 ثانية', '101 محاولة', '101 عميل', '101 يوم'],
	[102, '102 ثانية', '102 محاولة', '102 عميل', '102 يوم'],
	[103, '103 ثوانٍ', '103 محاولات', '103 عملاء', '103 أيام'],
	[111, '111 ثانية', '111 محاولة', '111 عميلًا', '111 يومًا'],
	[1000, '1,000 ثانية', '1,000 محاولة', '1,000 عميل', '1,000 يوم'],
	[2.5, '2.5 ثانية', '2.5 محاولة', '2.5 عميل', '2.5 يوم'],
];

test.each(rows)('Arabic counts %d', (count, ...expected) => {
	const nouns: readonly CountedNoun[] = [secondNoun, attemptNoun, leadNoun, dayNoun];
	expect(nouns.map((noun) => counted(count, noun))).toEqual(expected);
});

test.each([
	[1, 'دقيقة واحدة'],
	[2, 'دقيقتين'],
	[5, '5 دقائق'],
	[60, '60 دقيقة'],
])('and minutes: %d', (count, expected) => expect(counted(count, minuteNoun)).toBe(expected));

test('sentences count with it', () => {
	const said = (ms: number): string =>
		explain(outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'timeout', afterMs: ms } }, {}), 'ar').message;
	expect([2_000, 5_000, 103_000].map(said)).toEqual([
		'أُرسل العميل، لكن لم يصل رد خلال ثانيتين.',
		'أُرسل العميل، لكن لم يصل رد خلال 5 ثوانٍ.',
		'أُرسل العميل، لكن لم يصل رد خلال 103 ثوانٍ.',
	]);
	const full = (most: number): string =>
		explain(outcomeOf({ outcome: 'failed', cause: { kind: 'outboxFull', most } }, {}), 'ar').message;
	expect([1, 2, 3, 50, 100_000].map(full)).toEqual(
		['عميل واحد', 'عميلان', '3 عملاء', '50 عميلًا', '100,000 عميل'].map(
			(leads) => `لم يُحفظ: ينتظر ${leads} في صندوق الصادر، ولا يسع المزيد.`,
		),
	);
});
