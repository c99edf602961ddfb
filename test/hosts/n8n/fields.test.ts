import guideLead from '../../fixtures/guideLead.json';
import { leadNode } from './workflow';
import { apiKey, expectNoKey, organizationId, useWorld } from './world';

const world = useWorld();
const sent = (): unknown[] => world().sandbox.calls.map(({ body }) => JSON.parse(body) as unknown);

const { leadInformation, customField, ...interest } = guideLead;
const { firstName, phone, address, ...person } = leadInformation;
// An empty field is left out of what is sent.
const guideBody = { leadInformation, ...interest };
const guideFields = { ...person, ...interest, customField, address: { value: address } };

describe('fill in fields', () => {
	test("the guide's sample, field by field, arrives as the guide's request", async () => {
		const lists = {
			additionalPhones: '+201112223334',
			additionalEmails: 'alt@example.com',
			interests: 'villa, garden، resale',
			tags: 'resale; fb-q3\nhot',
		};
		const execution = await world().run({
			items: [{}],
			parameters: { firstName, phone, additionalFields: { ...guideFields, ...lists } },
		});
		expect(execution.status).toBe('success');
		expect(sent()).toEqual([guideBody]);
		const [call] = world().sandbox.calls;
		expect(call).toMatchObject({ method: 'POST', path: '/api/v2/leads' });
		expect(call?.headers).toMatchObject({
			'x-api-key': apiKey,
			organizationid: organizationId,
			'content-type': 'application/json',
		});
		expectNoKey(world(), execution);
	});

	test('lists, numbers and objects may come from expressions', async () => {
		const additionalFields = {
			tags: '={{ $json.tags }}',
			dealSize: '={{ $json.budget }}',
			customField: '={{ $json.extra }}',
		};
		await world().run({
			items: [{ tags: ['a', 'b'], budget: '2,500,000', extra: { utm_source: 'facebook' } }],
			parameters: { firstName: 'Mona', phone: '01001234567', additionalFields },
		});
		expect(sent()).toMatchObject([{ tags: ['a', 'b'], dealSize: 2500000, customField: '{"utm_source":"facebook"}' }]);
	});

	test('pairs go into Custom Field', async () => {
		const customFieldPairs = {
			pair: [
				{ name: 'utm_source', value: 'facebook' },
				{ name: '', value: 'x' },
			],
		};
		await world().run({
			items: [{}],
			parameters: {
				firstName: 'Mona',
				phone: '01001234567',
				additionalFields: { customField: '{"a":1}', customFieldPairs },
			},
		});
		expect(sent()).toMatchObject([{ customField: '{"a":1,"utm_source":"facebook"}' }]);
	});

	test('each item sends its own organization', async () => {
		const execution = await world().run({
			items: [{ organization: 'org-a' }, { organization: 'org-b' }, { organization: '' }],
			parameters: {
				firstName: 'Mona',
				phone: '01001234567',
				simplify: false,
				options: { organizationId: '={{ $json.organization }}', concurrency: 1 },
			},
		});
		expect(world().sandbox.calls.map(({ headers }) => headers.organizationid)).toEqual([
			'org-a',
			'org-b',
			organizationId,
		]);
		expect(execution.outputs(leadNode)[0]?.map(({ json }) => json.realmId)).toEqual(['org-a', 'org-b', organizationId]);
	});

	test('leads go out at once and come back in the order of the items', async () => {
		const items = [3000, 2000, 1000, 0].map((delayMs, number) => ({ delayMs, number }));
		world().sandbox.failNext(
			items.map(({ delayMs, number }) => ({ status: 201, delayMs, body: { _id: `id-${number}` } })),
		);
		const execution = await world().run({
			items,
			parameters: { firstName: 'Mona', phone: '01001234567', options: { concurrency: 4 } },
		});
		const [created = []] = execution.outputs(leadNode);
		expect(created.map(({ pairedItem }) => pairedItem)).toEqual(items.map(({ number }) => ({ item: number })));
		expect(new Set(created.map(({ json }) => json._id)).size).toBe(4);
		expect(Number(world().sandbox.calls.at(-1)?.atMs) - Number(world().sandbox.calls[0]?.atMs)).toBeLessThan(3000);
	});
});

describe('use JSON', () => {
	test.each([
		['the incoming item as it is', '={{ $json }}', guideLead],
		['text', '={{ JSON.stringify($json) }}', guideLead],
		['flat names', '={{ $json }}', { firstName: 'Mona', phone: '+201001234567', city: 'Cairo' }],
	])('%s', async (_name, leadJson, item) => {
		const execution = await world().run({ items: [item], parameters: { leadInput: 'json', leadJson } });
		expect(execution.status).toBe('success');
		expect(sent()).toEqual([
			item === guideLead
				? guideBody
				: { leadInformation: { firstName: 'Mona', phone: '+201001234567', address: { city: 'Cairo' } } },
		]);
	});
});

describe('dry run', () => {
	test('shows the request with the key hidden, and sends nothing', async () => {
		const execution = await world().run({
			items: [{}],
			parameters: { firstName: 'Mona', phone: '01001234567', options: { dryRun: true } },
		});
		expect(world().sandbox.calls).toEqual([]);
		expect(execution.outputs(leadNode)[0]?.[0]?.json).toMatchObject({
			outcome: 'dryRun',
			request: {
				method: 'POST',
				url: `${world().sandbox.baseUrl}/leads`,
				headers: { 'x-api-key': '(hidden)', organizationId },
				body: { leadInformation: { firstName: 'Mona' } },
			},
		});
		expectNoKey(world(), execution);
	});
});
