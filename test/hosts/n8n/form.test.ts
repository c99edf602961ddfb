import { leadNode } from './workflow';
import { useWorld } from './world';

const world = useWorld();
const sent = (): unknown[] => world().sandbox.calls.map(({ body }) => JSON.parse(body) as unknown);

const facebookItem = (name: string, phone: string): unknown => ({
	id: '900000000000041',
	data: { full_name: name, phone_number: phone, email: 'mona.elsayed@example.com' },
	form: { id: '900000000000011', name: 'New Cairo - Arabic form' },
	created_time: '2026-11-20T08:15:30+0000',
});

test('a form submission is read by itself, and Additional Fields win', async () => {
	const execution = await world().run({
		items: [facebookItem('منى السيد', '01000000001')],
		parameters: { leadInput: 'form', additionalFields: { email: 'other@example.com', campaignName: 'Q3' } },
	});
	expect(execution.status).toBe('success');
	expect(sent()).toMatchObject([
		{
			leadInformation: { firstName: 'منى', lastName: 'السيد', phone: '+201000000001', email: 'other@example.com' },
			campaignName: 'Q3',
		},
	]);
});

test('one item with several leads gives an item each, paired with it', async () => {
	const contacts = [
		{ name: 'Mona Ali', phone: '01000000001' },
		{ name: 'Adham Omar', phone: '01000000002' },
	];
	const execution = await world().run({
		items: [{ headers: {}, body: contacts }],
		parameters: { leadInput: 'form', options: { concurrency: 1 } },
	});
	expect(sent()).toMatchObject([
		{ leadInformation: { firstName: 'Mona' } },
		{ leadInformation: { firstName: 'Adham' } },
	]);
	expect(execution.outputs(leadNode)[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
});

test('what is no lead sends nothing, gives no item, and a hint says so', async () => {
	const execution = await world().run({ items: [{ headers: {}, body: '[]' }], parameters: { leadInput: 'form' } });
	expect(execution.status).toBe('success');
	expect(sent()).toEqual([]);
	expect(execution.outputs(leadNode).flat()).toEqual([]);
	expect(execution.runs[leadNode]?.[0]?.hints?.[0]?.message).toMatch(/^1 item without a lead: /);
});

test('a message that holds only an ID ends as invalid, with what to do', async () => {
	const leadgen = {
		object: 'page',
		entry: [
			{
				id: '1',
				time: 1,
				changes: [{ field: 'leadgen', value: { leadgen_id: '9', form_id: '1', page_id: '1', created_time: 1 } }],
			},
		],
	};
	const execution = await world().run({ items: [leadgen], parameters: { leadInput: 'form' } });
	expect(execution.status).toBe('error');
	expect(execution.error).toMatchObject({
		message: expect.stringMatching(/only the ID.* \[Item 1\]$/),
		description: expect.stringContaining('Fetch the lead'),
	});
	expect(sent()).toEqual([]);
});

test('a dry run tells which field was filled from where', async () => {
	const execution = await world().run({
		items: [facebookItem('Mona Ali', '01000000001')],
		parameters: { leadInput: 'form', options: { dryRun: true } },
	});
	expect(execution.outputs(leadNode)[0]?.[0]?.json).toMatchObject({
		outcome: 'dryRun',
		matched: expect.arrayContaining([
			expect.objectContaining({ field: 'leadInformation.phone', from: 'data.phone_number' }),
		]),
	});
});

test('a hint counts outcomes and warnings', async () => {
	const items = [
		facebookItem('Mona Ali', '01000000001'),
		facebookItem('Adham Omar', '12'),
		facebookItem('Omar Ali', '+201000000003'),
	];
	const execution = await world().run({ items, parameters: { leadInput: 'form', outputPerOutcome: true } });
	expect(execution.runs[leadNode]?.[0]?.hints?.[0]?.message).toMatch(/^2 created, 1 invalid(?:, \d+ warnings?)?$/);
});
