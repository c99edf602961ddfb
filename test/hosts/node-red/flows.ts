/** What the flow answers over HTTP: where the message left, and the message's own parts. */
export interface Answer {
	readonly left: number | 'catch';
	readonly payload: unknown;
	readonly icloudReady: Readonly<Record<string, unknown>>;
	readonly error?: { readonly message: string; readonly stack?: string };
}

const answering = (id: string, left: string): readonly Record<string, unknown>[] => [
	{
		id,
		z: 'tab',
		x: 1,
		y: 1,
		type: 'function',
		func: `msg.payload = { left: ${left}, payload: msg.payload, icloudReady: msg.icloudReady, error: msg.error }; msg.statusCode = 200; return msg;`,
		outputs: 1,
		wires: [['answer']],
	},
];

/** One POST route into one create-lead node, all of whose ways out answer the request. */
export const route = (
	path: string,
	node: Readonly<Record<string, unknown>>,
	outputs = 8,
	wired = outputs,
): readonly Record<string, unknown>[] => [
	{
		id: `in-${path}`,
		z: 'tab',
		x: 1,
		y: 1,
		type: 'http in',
		url: `/${path}`,
		method: 'post',
		wires: [[`lead-${path}`]],
	},
	{
		id: `lead-${path}`,
		z: 'tab',
		x: 1,
		y: 1,
		type: 'icloud-ready-create-lead',
		account: 'account',
		wires: Array.from({ length: outputs }, (_, index) => (index < wired ? [`out-${path}-${index}`] : [])),
		...node,
	},
	...Array.from({ length: wired }, (_, index) => answering(`out-${path}-${index}`, String(index))).flat(),
];

/** The tab itself, what Catch hears, and the answer to every request. */
export const ways: readonly Record<string, unknown>[] = [
	{ id: 'tab', type: 'tab', label: 'test' },
	{ id: 'catching', z: 'tab', x: 1, y: 1, type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
	...answering('caught', "'catch'"),
	{ id: 'answer', z: 'tab', x: 1, y: 1, type: 'http response', wires: [] },
];
