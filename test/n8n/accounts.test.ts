import { IcloudReadyApi } from '../../credentials/IcloudReadyApi.credentials';
import { IcloudReady } from '../../nodes/IcloudReady/IcloudReady.node';
import { byCases } from '../fixtures/cases';
import fc from '../fixtures/fastCheck';
import { fakeParameters } from '../fixtures/fakeParameters';
import type {
	IAdditionalCredentialOptions,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';

type Item = Readonly<Record<string, unknown>>;

interface Arrived {
	readonly host: string;
	readonly key: unknown;
	readonly organizationId: unknown;
	readonly phone: string;
	readonly idempotencyKey: unknown;
}

interface Scene {
	/** The credential for an item as its expressions give it; what it throws, n8n throws. */
	readonly credential: (item: Item, itemIndex: number) => Item;
	readonly items: readonly Item[];
	readonly options?: Readonly<Record<string, unknown>>;
	readonly status?: (arrived: Arrived) => number;
	/** What n8n keeps between the tries of one execution. */
	readonly context?: object;
	readonly asTool?: boolean;
	readonly retryOnFail?: boolean;
}

interface Ran {
	readonly outputs: readonly (readonly INodeExecutionData[])[];
	readonly arrived: readonly Arrived[];
	/** For which items n8n was asked for the credential. */
	readonly asked: readonly (number | undefined)[];
	/** What happened when: an item is read, a lead is sent. */
	readonly order: readonly string[];
}

/** n8n as it lends credentials: for the first item where none is named, and by the HTTP client itself where it is given none. */
const run = async ({
	credential,
	items,
	options = {},
	status = () => 201,
	context = {},
	asTool = false,
	retryOnFail = false,
}: Scene): Promise<Ran> => {
	const arrived: Arrived[] = [];
	const asked: (number | undefined)[] = [];
	const order: string[] = [];
	const { authenticate } = new IcloudReadyApi();
	if (typeof authenticate !== 'function') throw new Error('authenticate is a function');
	const getCredentials = async (_type: string, itemIndex?: number): Promise<Item> => {
		asked.push(itemIndex);
		order.push(`read ${itemIndex}`);
		await Promise.resolve();
		return credential(items[itemIndex ?? 0] ?? {}, itemIndex ?? 0);
	};
	const fixed: Item = {
		firstName: 'Mona',
		outputPerOutcome: true,
		options: { maxTries: 3, maxWaitSeconds: 5, ...options },
	};
	const n8n = {
		getInputData: () => items.map((json) => ({ json })),
		getNode: () => ({ id: 'n', name: 'Create Lead', retryOnFail }),
		getWorkflow: () => ({ id: 'w' }),
		getContext: () => context,
		getNodeOutputs: () => [{ type: asTool ? 'ai_tool' : 'main' }],
		getNodeParameter: fakeParameters(fixed, (item) => ({ phone: items[item]?.phone })),
		getCredentials,
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => true,
		addExecutionHints: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async (
				type: string,
				request: IHttpRequestOptions,
				additional?: IAdditionalCredentialOptions,
			) => {
				const decrypted =
					additional?.credentialsDecrypted?.data ?? ((await getCredentials(type)) as ICredentialDataDecryptedObject);
				const { url, headers = {}, body } = await authenticate(decrypted, request);
				const one: Arrived = {
					host: new URL(url).host,
					key: headers['x-api-key'],
					organizationId: headers.organizationId,
					idempotencyKey: headers['idempotency-key'],
					phone: (JSON.parse(String(body)) as { leadInformation: { phone: string } }).leadInformation.phone,
				};
				arrived.push(one);
				order.push('sent');
				const statusCode = status(one);
				return {
					statusCode,
					headers: {},
					body: statusCode === 201 ? JSON.stringify({ _id: `${String(one.organizationId)} ${one.phone}` }) : '{}',
				};
			},
		},
	};
	return { outputs: await new IcloudReady().execute.call(n8n as unknown as IExecuteFunctions), arrived, asked, order };
};

const phoneOf = (index: number): string => `+2010${String(10_000_000 + index)}`;
let accounts = 0;
/** An account of its own for each test, since what is learned of an account's limit is kept in this process. */
const account = (more: Item = {}): Item => ({
	apiKey: `key-${++accounts}`,
	organizationId: `org-${accounts}`,
	baseUrl: `https://crm-${accounts}.example/api`,
	...more,
});
const outcomes = ({ outputs }: Ran): readonly unknown[] =>
	outputs
		.flat()
		.sort(
			(one, other) =>
				Number((one.pairedItem as { item: number }).item) - Number((other.pairedItem as { item: number }).item),
		)
		.map(({ json }) => json.outcome ?? (json._id === undefined ? undefined : 'created'));

const unresolved = (): never => {
	const error = new Error('Can not get $json [Error resolving credentials]');
	error.name = 'ExpressionError';
	throw error;
};

test('whatever the assignment of items to accounts, each lead arrives with its own key, organization and address, and nobody is asked twice', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ account: fc.nat({ max: 4 }), status: fc.constantFrom(201, 201, 400, 401, 403, 404, 500) }), {
				minLength: 1,
				maxLength: 30,
			}),
			fc.record({ concurrency: fc.integer({ min: 1, max: 8 }), duplicates: fc.constantFrom('allow', 'run') }),
			async (rows, options) => {
				const known = Array.from({ length: 5 }, () => account());
				const items: readonly Item[] = rows.map(({ account: index, status }, at) => ({
					...known[index],
					phone: phoneOf(at),
					status,
				}));
				const first = new Set<string>();
				const ran = await run({
					items,
					options: { ...options, maxWaitSeconds: 0 },
					credential: ({ apiKey, organizationId, baseUrl }) => ({ apiKey, organizationId, baseUrl }),
					// Each row's own answer the first time it comes, created after that.
					status: ({ phone }) =>
						first.has(phone) ? 201 : (first.add(phone), Number(items.find((item) => item.phone === phone)?.status)),
				});
				for (const { phone, key, organizationId, host } of ran.arrived) {
					const item = items.find((each) => each.phone === phone);
					expect([key, organizationId, `https://${host}/api`]).toEqual([
						item?.apiKey,
						item?.organizationId,
						item?.baseUrl,
					]);
				}
				expect(ran.outputs.flat()).toHaveLength(rows.length);
				expect(ran.asked).toEqual(rows.map((_, index) => index));
				for (const { json } of ran.outputs[0] ?? []) {
					const item = items.find(({ organizationId }) => String(json._id).startsWith(`${String(organizationId)} `));
					expect(item).toBeDefined();
				}
			},
		),
		{ numRuns: byCases({ few: 25, more: 60, all: 2000 }) },
	);
});

describe('one of the accounts', () => {
	const [mine, theirs] = [account(), account()];
	const items = [mine, theirs, mine, theirs].map((each, index) => ({ ...each, phone: phoneOf(index) }));

	test('cannot be worked out: its leads are Failed and not sent, and the others go on', async () => {
		const ran = await run({
			items,
			credential: (item, index) => (index % 2 === 1 ? unresolved() : item),
			options: { concurrency: 1 },
		});
		expect(outcomes(ran)).toEqual(['created', 'failed', 'created', 'failed']);
		expect(ran.arrived.map(({ key }) => key)).toEqual([mine.apiKey, mine.apiKey]);
		expect(ran.outputs[7]?.[0]?.json).toMatchObject({
			message: 'Not sent: the account for this lead could not be determined.',
			lead: null,
		});
	});

	test.each<[name: string, hole: Item, message: RegExp]>([
		['no key', { apiKey: undefined }, /no API key/],
		['an empty key', { apiKey: '' }, /no API key/],
		['a key that is an object', { apiKey: { a: 1 } }, /no API key/],
		['no organization', { organizationId: null }, /no organization/],
		['an address that is none', { baseUrl: 'crm' }, /not a web address/],
		['plain http', { baseUrl: 'http://crm.example' }, /http:\/\//],
	])('has %s for an item: that lead alone is Failed', async (_name, hole, message) => {
		const ran = await run({
			items,
			credential: (item, index) => (index === 1 ? { ...item, ...hole } : item),
			options: { concurrency: 1 },
		});
		expect(outcomes(ran)).toEqual(['created', 'failed', 'created', 'created']);
		expect(ran.outputs[7]?.[0]?.json.message).toMatch(message);
		expect(ran.arrived).toHaveLength(3);
	});

	test.each([
		[401, 'unauthorized'],
		[403, 'forbidden'],
	])('is refused with %i: the rest of it is not sent, the other one goes on', async (refusal, outcome) => {
		const ran = await run({
			items,
			credential: (item) => item,
			options: { concurrency: 1 },
			status: ({ key }) => (key === mine.apiKey ? refusal : 201),
		});
		expect(outcomes(ran)).toEqual([outcome, 'created', outcome, 'created']);
		expect(ran.arrived.map(({ key }) => key)).toEqual([mine.apiKey, theirs.apiKey, theirs.apiKey]);
	});
});

test('an organization that is a number is sent as its digits', async () => {
	const ran = await run({
		items: [{ phone: phoneOf(0) }],
		credential: () => account({ organizationId: 4711, apiKey: 12_345_678 }),
	});
	expect(ran.arrived.map(({ key, organizationId }) => [key, organizationId])).toEqual([['12345678', '4711']]);
});

test('only the accounts that are gateways are told a key of the lead', async () => {
	const ways = [account({ gateway: true }), account(), account({ gateway: 'true' })];
	const ran = await run({
		items: ways.map((each, index) => ({ ...each, phone: phoneOf(index) })),
		credential: (item) => item,
		options: { concurrency: 1 },
	});
	expect(ran.arrived.map(({ idempotencyKey }) => idempotencyKey !== undefined)).toEqual([true, false, true]);
});

describe('one lead for two accounts', () => {
	const both = [account(), account()];
	const items = [...both, ...both].map((each) => ({ ...each, phone: phoneOf(0) }));

	test('is no duplicate; twice for one it is', async () => {
		const ran = await run({ items, credential: (item) => item, options: { concurrency: 1, duplicates: 'run' } });
		expect(outcomes(ran)).toEqual(['created', 'created', 'duplicate', 'duplicate']);
	});

	test.each([false, true])(
		"finished for one is not finished for the other, when n8n tries again (as an agent's tool: %p)",
		async (asTool) => {
			const context = {};
			const twice = [both[0], both[1]].map((each) => ({ ...each, phone: phoneOf(1) }));
			const scene = {
				credential: (item: Item) => item,
				context,
				asTool,
				retryOnFail: true,
				options: { concurrency: 1 },
			};
			const first = await run({ ...scene, items: twice, status: ({ key }) => (key === both[1]?.apiKey ? 404 : 201) });
			expect(outcomes(first)).toEqual(['created', 'failed']);
			const second = await run({ ...scene, items: twice });
			expect(outcomes(second)).toEqual(['created', 'created']);
			expect(second.arrived.map(({ key }) => key)).toEqual([both[1]?.apiKey]);
		},
	);

	test('a renewed key changes nothing of what is finished', async () => {
		const context = {};
		const scene = { items: [{ ...both[0], phone: phoneOf(2) }], context, retryOnFail: true };
		await run({ ...scene, credential: (item) => item });
		const again = await run({ ...scene, credential: (item) => ({ ...item, apiKey: 'renewed' }) });
		expect([outcomes(again), again.arrived]).toEqual([['created'], []]);
	});
});

describe("an agent's tool", () => {
	const mine = account();
	const person = { ...mine, firstName: 'Mona', phone: phoneOf(7) };
	const messages = ({ outputs }: Ran): unknown[] => (outputs[0] ?? []).map(({ json }) => json.message);

	test('knows a person by the phone, however a second call words the lead, and says that it was created before', async () => {
		const scene = { credential: (item: Item) => item, context: {}, asTool: true };
		await run({ ...scene, items: [person] });
		const again = await run({ ...scene, items: [{ ...person, firstName: 'Mona Ali', phone: '010 1000 0007' }] });
		expect(again.arrived).toEqual([]);
		expect(messages(again)).toEqual([expect.stringMatching(/already created.*Nothing was sent this time/)]);
	});

	test('sends what was lost no second time, in other words or not', async () => {
		const scene = { credential: (item: Item) => item, context: {}, asTool: true };
		await run({ ...scene, items: [person], status: () => 500 });
		const again = await run({ ...scene, items: [{ ...person, firstName: 'Mona Ali' }] });
		expect([again.arrived, outcomes(again)]).toEqual([[], ['unconfirmed']]);
	});

	test.each(['allow', 'run'])('two calls at once make one lead, with duplicates %s', async (duplicates) => {
		const scene = { credential: (item: Item) => item, context: {}, asTool: true, options: { duplicates } };
		const ran = await Promise.all([
			run({ ...scene, items: [person] }),
			run({ ...scene, items: [{ ...person, lastName: 'Ali' }] }),
		]);
		expect(ran.flatMap(({ arrived }) => arrived)).toHaveLength(1);
		expect(ran.flatMap(outcomes).sort()).toEqual(['created', 'duplicate']);
	});

	test('two people of one run are two leads', async () => {
		const items = [person, { ...mine, phone: phoneOf(8) }];
		const ran = await run({ items, credential: (item) => item, asTool: true });
		expect(outcomes(ran)).toEqual(['created', 'created']);
	});
});

describe('reading and sending', () => {
	const mine = account();
	const items = Array.from({ length: 200 }, (_, index) => ({ ...mine, phone: phoneOf(index) }));
	const everyItem = items.map((_, index) => index);

	test.each([{}, { concurrency: 3 }, { duplicates: 'run' }])(
		'the first leads leave while later items are read, with %j',
		async (options) => {
			const ran = await run({ items, credential: (item) => item, options });
			expect(ran.order.indexOf('sent')).toBeLessThan(ran.order.indexOf('read 60'));
			expect(outcomes(ran)).toEqual(items.map(() => 'created'));
			expect(ran.asked).toEqual(everyItem);
		},
	);

	test('where earlier executions are asked for all leads at once, all are read first', async () => {
		const ran = await run({ items, credential: (item) => item, options: { duplicates: 'always' } });
		expect(ran.order.indexOf('sent')).toBe(items.length);
	});

	test('the credential is asked for once for each item, however often its lead is sent', async () => {
		const tries = new Map<string, number>();
		const status = ({ phone }: Arrived): number => {
			tries.set(phone, (tries.get(phone) ?? 0) + 1);
			return tries.get(phone) === 1 && phone.endsWith('7') ? 408 : 201;
		};
		const few = items.slice(0, 20).map((each) => ({ ...each, ...account() }));
		const ran = await run({ items: few, credential: (item) => item, options: { maxWaitSeconds: 0.001 }, status });
		expect(ran.asked).toEqual(few.map((_, index) => index));
	});
});

describe('a dry run', () => {
	const items = [phoneOf(0), '12', phoneOf(1)].map((phone) => ({ phone }));

	test('an invalid row is an item among the others, and nothing stops', async () => {
		const { outputs, arrived } = await run({ items, credential: () => account(), options: { dryRun: true } });
		expect(outputs.map((each) => each.length)).toEqual([2, 0, 1, 0, 0, 0, 0, 0]);
		expect(arrived).toEqual([]);
	});
});
