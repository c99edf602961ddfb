import { panelValues } from '../../nodes/IcloudReady/read/panelValues';

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
	const valueOf = panelValues({ getNodeParameter } as never);
	const values = [0, 1, 2].map((itemIndex) => valueOf('leadJson', { itemIndex, json }, undefined));
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
	const valueOf = panelValues({ getNodeParameter } as never);
	const read = (itemIndex: number) => () => valueOf('phone', { itemIndex, json: {} }, '');
	expect(read(0)()).toBe(0);
	expect(read(1)).toThrow('no phone');
	expect(read(2)()).toBe(2);
	expect(calls).toBe(3);
});
