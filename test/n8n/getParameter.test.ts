import { createGetParameter, type IncomingItem } from '../../nodes/IcloudReady/read/getParameter';
import fc from '../fixtures/fastCheck';

interface Row {
	/** What the panel says of `leadJson`. */
	readonly raw: unknown;
	readonly json?: unknown;
	/** How often n8n is asked for the values of three items. */
	readonly asked: number;
	/** Whether the value of an item is the item. */
	readonly isItem?: boolean;
}

/** What n8n gives for an item where it is asked. */
const workedOut = (itemIndex: number): object => ({ workedOut: itemIndex });

const rows: readonly (readonly [name: string, row: Row])[] = [
	['a text', { raw: 'text', asked: 1 }],
	['nothing', { raw: undefined, asked: 1 }],
	['a text with braces, which is no expression', { raw: '{{ $json }}', asked: 1 }],
	['a collection', { raw: { maxTries: 3, tags: ['a', 'b'] }, asked: 1 }],
	['an expression', { raw: '={{ $json.phone }}', asked: 3 }],
	['an expression far within a collection', { raw: { pair: [{ name: 'a', value: '={{ $json.a }}' }] }, asked: 3 }],
	['the item', { raw: '={{ $json }}', asked: 0, isItem: true }],
	['the item, without spaces', { raw: '={{$json}}', asked: 0, isItem: true }],
	['the item in a text', { raw: '={{ $json }} ', asked: 3 }],
	['a text before the item', { raw: '= {{ $json }}', asked: 3 }],
	['more than the item', { raw: '={{ $json }}{{ $json }}', asked: 3 }],
	['an item with a list in it', { raw: '={{ $json }}', json: { a: [{ b: null }, 1, true] }, asked: 0, isItem: true }],
	[
		'an item with a date in it, of which n8n may make a text',
		{ raw: '={{ $json }}', json: { a: [new Date(0)] }, asked: 3 },
	],
	['an item with an object of a class', { raw: '={{ $json }}', json: { a: new Map() }, asked: 3 }],
	['an item with a number beyond JSON', { raw: '={{ $json }}', json: { a: 1n }, asked: 3 }],
];

test.each(rows)('%s', (_name, { raw, json = { phone: '1' }, asked, isItem = false }) => {
	let calls = 0;
	const getNodeParameter = (
		_parameter: string,
		itemIndex: number,
		_otherwise: unknown,
		options?: { readonly rawExpressions?: boolean },
	): unknown => {
		if (options?.rawExpressions === true) return raw;
		calls++;
		return workedOut(itemIndex);
	};
	const getParameter = createGetParameter({ getNodeParameter } as never);
	const values = [0, 1, 2].map((itemIndex) => getParameter('leadJson', { itemIndex, json }, undefined));
	expect(values).toEqual([0, 1, 2].map((itemIndex) => (isItem ? json : workedOut(asked === 1 ? 0 : itemIndex))));
	expect(calls).toBe(asked);
});

test('what n8n refuses is refused for each item, and asked for again', () => {
	let calls = 0;
	const getNodeParameter = (_name: string, itemIndex: number, _otherwise: unknown, options?: object): unknown => {
		if (options !== undefined) return '={{ $json.phone }}';
		calls++;
		if (itemIndex === 1) throw new Error('no phone');
		return itemIndex;
	};
	const getParameter = createGetParameter({ getNodeParameter } as never);
	const read = (itemIndex: number) => () => getParameter('phone', { itemIndex, json: {} }, '');
	expect(read(0)()).toBe(0);
	expect(read(1)).toThrow('no phone');
	expect(read(2)()).toBe(2);
	expect(calls).toBe(3);
});

describe('whatever the panel says, and whatever the items hold', () => {
	/** n8n's own work in small: each expression, however deep, becomes what it gives for an item. */
	const worked = (raw: unknown, { itemIndex, json }: IncomingItem): unknown => {
		if (typeof raw === 'string') {
			if (!raw.startsWith('=')) return raw;
			return /^=\{\{ ?\$json ?\}\}$/.test(raw) ? json : `${raw} of ${itemIndex}`;
		}
		if (Array.isArray(raw)) return raw.map((each) => worked(each, { itemIndex, json }));
		if (typeof raw !== 'object' || raw === null) return raw;
		return Object.fromEntries(Object.entries(raw).map(([key, each]) => [key, worked(each, { itemIndex, json })]));
	};
	const text = fc.oneof(
		fc.string(),
		fc.constantFrom(
			'={{ $json }}',
			'={{$json}}',
			'={{ $json }} ',
			' ={{ $json }}',
			'={{ $json.phone }}',
			'=',
			'{{ $json }}',
		),
	);
	const panel = fc.dictionary(
		fc.constantFrom('leadJson', 'phone', 'options', 'additionalFields'),
		fc.letrec((tie) => ({
			value: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.constant(null), tie('list'), tie('object')),
			list: fc.array(tie('value'), { maxLength: 3 }),
			object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
		})).value,
	);
	const items = fc.array(fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }), {
		minLength: 1,
		maxLength: 4,
	});

	test('each parameter of each item is what n8n itself gives for it', () => {
		fc.assert(
			fc.property(panel, items, (parameters, jsons) => {
				const given = jsons.map((json, itemIndex): IncomingItem => ({ itemIndex, json }));
				const getNodeParameter = (
					name: string,
					itemIndex: number,
					otherwise: unknown,
					options?: { readonly rawExpressions?: boolean },
				): unknown => {
					const raw = name in parameters ? parameters[name] : otherwise;
					const item = given[itemIndex];
					return options?.rawExpressions === true || item === undefined ? raw : worked(raw, item);
				};
				const getParameter = createGetParameter({ getNodeParameter } as never);
				for (const item of given)
					for (const name of ['options', 'leadJson', 'phone', 'additionalFields'])
						expect(getParameter(name, item, 'otherwise')).toEqual(getNodeParameter(name, item.itemIndex, 'otherwise'));
			}),
		);
	});
});
