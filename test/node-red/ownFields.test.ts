import type { FieldSetting } from '../../packages/node-red/src/runtime/config/fieldSettings';
import { evaluateFields } from '../../packages/node-red/src/runtime/message/evaluateFields';
import { type Draft, readMessage } from '../../packages/node-red/src/runtime/message/readMessage';
import { type OwnFields, ownFields } from '../../packages/node-red/src/runtime/preview/ownFields';
import { byCases } from '../fixtures/cases';
import { payloadFixtures } from '../fixtures/payloads';
import util from '@node-red/util';
import fc from 'fast-check';
import type { Node, NodeAPI } from 'node-red';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const settings = { defaultCountry: 'EG', phone: 'normalize', phoneAsName: true, language: 'en' } as const;
const RED = util as unknown as NodeAPI;
const node = {} as Node;
const evaluate = async (
	chosen: readonly FieldSetting[],
	payload: unknown,
): Promise<Awaited<ReturnType<typeof evaluateFields>>> =>
	await evaluateFields(RED, node, chosen, { _msgid: '', payload });
const pressed = async (payload: unknown, present: readonly FieldSetting[] = []): Promise<OwnFields> =>
	await ownFields({ payload, settings, present, evaluate });
const told = (drafts: readonly Draft[]): readonly unknown[] =>
	drafts.map((draft) => (draft.kind === 'draft' ? draft.draft : draft));
const read = async (payload: unknown, chosen: readonly FieldSetting[]): Promise<readonly unknown[]> =>
	told(readMessage('form', payload, await evaluate(chosen, payload), settings));
const expectSame = async (payload: unknown, chosen: readonly FieldSetting[]): Promise<void> => {
	expect(await read(payload, chosen)).toEqual(await read(payload, []));
};

const fixture = (name: string): unknown => payloadFixtures.find((each) => each.name === name)?.payload;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything in a payload that its lead was read from, with other values in its place and its lists in another order. */
const another = (payload: unknown, answers: ReadonlySet<string>, next: () => number): unknown => {
	const pools = {
		email: ['nora@example.com', 'A.B+c@EXAMPLE.org', ' x@y.io '],
		phone: ['+966551234567', '0551234567', '010 1234 5678', '٠١٠١٢٣٤٥٦٧٨', '00971501234567', '123', '+20 2 2735 1234'],
		words: [
			'Nora',
			'Nora Samir',
			'Dr. Nora Samir',
			'Abdel Rahman Mohamed Ali',
			'منى',
			'عبد الرحمن علي',
			'Soliman, Ahmed',
			'Nora & Sami',
			'Saudi Arabia',
			'UAE',
			'100',
			'a, b',
			'',
		],
	};
	const pick = (pool: readonly string[]): string => pool[Math.floor(next() * pool.length)] ?? '';
	const walk = (value: unknown): unknown => {
		if (Array.isArray(value)) {
			const list = value.map(walk);
			return next() < 0.5 ? list : list.reverse();
		}
		if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
		if (!answers.has(String(value))) return value;
		const text = String(value);
		if (text.includes('@')) return pick(pools.email);
		return pick(/^[+\d\s().-]{7,}$/.test(text) ? pools.phone : pools.words);
	};
	return walk(payload);
};

/** The texts that a payload's lead holds, raw and whole; those that are questions too say what the payload is, and stay. */
const answersOf = (payload: unknown): ReadonlySet<string> => {
	const [draft] = readMessage('form', payload, [], settings);
	const matched = draft?.kind === 'draft' ? (draft.reading.matched ?? []) : [];
	const taken = JSON.stringify(matched.map(({ value, was }) => [isObject(value) ? Object.values(value) : value, was]));
	const questions = matched
		.flatMap(({ from, value }) => [from, ...(isObject(value) ? Object.keys(value) : [])])
		.join('\n');
	const found = new Set<string>();
	const walk = (value: unknown): void => {
		if (typeof value === 'object' && value !== null) return Object.values(value).forEach(walk);
		const text = String(value);
		const isAnswer = taken.includes(JSON.stringify(text).slice(1, -1)) || /^[\p{L}.]+( [\p{L}.]+)+$/u.test(text);
		if (text.length > 1 && isAnswer && !questions.includes(text)) found.add(text);
	};
	walk(payload);
	return found;
};

/** The payloads of a folder that is named in the environment, for trying more than the fixtures. */
const allIn = (folder: string): readonly (readonly [string, unknown])[] =>
	readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return allIn(path);
		if (!name.endsWith('.json')) return [];
		const data = JSON.parse(readFileSync(path, 'utf8')) as Json;
		return [[name, 'payload' in data ? data.payload : data] as const];
	});
const { MORE_PAYLOADS: more } = process.env;
const payloads = [
	...payloadFixtures.map(({ name, payload }) => [name, payload] as const),
	...(more === undefined ? [] : allIn(more)),
];

test.each(payloads)(
	'%s: after "Turn these into fields" the same lead is read, of this submission and of others',
	async (_, payload) => {
		const { fields } = await pressed(payload);
		await expectSame(payload, fields);
		await expectSame([payload, payload], fields);
		const answers = answersOf(payload);
		await fc.assert(
			fc.asyncProperty(
				fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
				async (stream) => {
					const numbers = stream[Symbol.iterator]();
					const next = (): number => numbers.next().value as number;
					const other = another(payload, answers, next);
					await expectSame(other, fields);
					await expectSame([other, payload], fields);
				},
			),
			{ numRuns: byCases({ few: 4, more: 12, all: 200 }), seed: 12 },
		);
	},
);

test.each<[name: string, field: string, value: string, valueType: string]>([
	[
		'facebook-graph-api-lead',
		'leadInformation.firstName',
		'$type(payload)="object" ? payload.field_data[name="first_name"].values[0]',
		'jsonata',
	],
	['facebook-graph-api-lead', 'campaignName', 'payload.campaign_name', 'msg'],
	['facebook-lead-ads-n8n-trigger', 'leadInformation.phone', 'payload.data.phone_number', 'msg'],
	[
		'typeform-webhook',
		'leadInformation.email',
		'$type(payload)="object" ? payload.form_response.answers[field.ref="em-ref"].email',
		'jsonata',
	],
	[
		'google-ads-lead-form',
		'leadInformation.phone',
		'$type(payload)="object" ? payload.user_column_data[column_id="PHONE_NUMBER"].string_value',
		'jsonata',
	],
	[
		'tally-webhook',
		'leadInformation.phone',
		'$type(payload)="object" ? payload.data.fields[label="رقم الموبايل"].value',
		'jsonata',
	],
])('%s: %s is placed by what names it', async (name, field, value, valueType) => {
	expect((await pressed(fixture(name))).fields).toContainEqual({ field, value, valueType });
});

test.each(['whatsapp-cloud-message', 'tiktok-lead-generation', 'jotform-webhook'])(
	'%s: what nothing names is left to reading',
	async (name) => {
		const { fields, left } = await pressed(fixture(name));
		expect(fields).toEqual([]);
		expect(left).toContain('leadInformation.phone');
	},
);

test('what a person filled in stays, and is not placed over', async () => {
	const present = [{ field: 'leadInformation.email', value: 'desk@example.com', valueType: 'str' }];
	const { fields } = await pressed(fixture('facebook-graph-api-lead'), present);
	expect(fields.map(({ field }) => field)).not.toContain('leadInformation.email');
	const [before, after] = [
		await read(fixture('facebook-graph-api-lead'), present),
		await read(fixture('facebook-graph-api-lead'), [...present, ...fields]),
	];
	expect(after).toEqual(before);
});

test.each<[name: string, payload: unknown]>([
	['a list', [{ name: 'Mona', phone: '01001234567' }]],
	['text', 'hello'],
	['nothing', undefined],
	['no lead', { leadgen_id: '1' }],
])('%s has no places', async (_, payload) => {
	expect((await pressed(payload)).fields).toEqual([]);
});

describe('a place that holds what reading found is no other value', () => {
	const at = (value: string): readonly FieldSetting[] => [{ field: 'leadInformation.phone', value, valueType: 'msg' }];
	test('a phone keeps the country that the form tells', async () => {
		const payload = { name: 'Mona', phone: '0551234567', country: 'Saudi Arabia' };
		expect(await read(payload, at('payload.phone'))).toMatchObject([{ leadInformation: { phone: '+966551234567' } }]);
	});
	test('another value wins', async () => {
		const payload = { name: 'Mona', phone: '01001234567', office: '01112223334' };
		expect(await read(payload, at('payload.office'))).toMatchObject([{ leadInformation: { phone: '01112223334' } }]);
	});
	test('a place that leads nowhere takes nothing away', async () => {
		expect(await read({ name: 'Mona', phone: '01001234567' }, at('payload.a.b.c'))).toMatchObject([
			{ leadInformation: { phone: '+201001234567' } },
		]);
	});
	test('a whole name is parted as it was read', async () => {
		const payload = { name: 'Mona Ali', phone: '01001234567' };
		expect(
			await read(payload, [{ field: 'leadInformation.firstName', value: 'payload.name', valueType: 'msg' }]),
		).toMatchObject([{ leadInformation: { firstName: 'Mona', lastName: 'Ali' } }]);
	});
});
