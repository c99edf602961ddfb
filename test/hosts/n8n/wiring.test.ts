import { leadNode, leadWorkflow } from './workflow';
import { useWorld } from './world';

const world = useWorld();
const parameters = {
	firstName: 'Mona',
	phone: '={{ $json.phone }}',
	outputPerOutcome: true,
	options: { concurrency: 1 },
};
const good = { phone: '01000000001' };
const bad = { phone: '12' };

describe('with Output per Outcome, a failure whose output leads nowhere follows On Error', () => {
	test('Stop', async () => {
		const execution = await world().run({ items: [good, bad, good], parameters, wired: [0, 7] });
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/\[Item 2\]$/);
		expect(world().sandbox.leadCount).toBe(1);
	});

	test('Continue', async () => {
		const execution = await world().run({
			items: [good, bad, good],
			parameters,
			wired: [0, 7],
			onError: 'continueRegularOutput',
		});
		expect(execution.outputs(leadNode)[0]?.map(({ json }) => json.error === undefined)).toEqual([true, false, true]);
		expect(execution.outputs('Sink 0')[0]).toHaveLength(3);
	});

	test('Error Output, which comes after the eight', async () => {
		const execution = await world().run({
			items: [good, bad, good],
			parameters,
			wired: [0, 8],
			onError: 'continueErrorOutput',
		});
		const outputs = execution.outputs(leadNode);
		expect(outputs).toHaveLength(9);
		expect(outputs[8]?.map(({ json }) => json.details)).toEqual([expect.objectContaining({ outcome: 'invalid' })]);
		expect(execution.outputs('Sink 8')[0]).toHaveLength(1);
	});

	test('unconfirmed and failed too', async () => {
		world().sandbox.failNext([{ cut: 'after' }, { status: 404 }]);
		const execution = await world().run({
			items: [good, good],
			parameters,
			wired: [0, 8],
			onError: 'continueErrorOutput',
		});
		expect(execution.outputs('Sink 8')[0]?.map(({ json }) => (json.details as { outcome: string }).outcome)).toEqual([
			'unconfirmed',
			'failed',
		]);
	});

	test('one step run in the editor shows the outputs instead, wired or not', async () => {
		const { stand, credential } = world();
		const whole = leadWorkflow({ credential, items: [good, bad], parameters, wired: [] });
		for (const run of [
			{ ...whole.run, destinationNode: { nodeName: leadNode, mode: 'inclusive' } },
			{ destinationNode: { nodeName: leadNode, mode: 'inclusive' }, runData: {}, dirtyNodeNames: [] },
		]) {
			const execution = await stand.run({ ...whole, run });
			expect(execution.status).toBe('success');
			expect(execution.outputs(leadNode)[2]?.[0]?.json).toMatchObject({ outcome: 'invalid' });
		}
	});
});

describe('after a refusal the rest is not sent', () => {
	test('a refused key ends the batch; it is sent once', async () => {
		world().sandbox.failNext({ status: 401 });
		const execution = await world().run({ items: [good, good, bad], parameters });
		expect(world().sandbox.calls).toHaveLength(1);
		const outputs = execution.outputs(leadNode);
		expect(outputs[3]?.map(({ json }) => json.message)).toEqual([
			expect.stringMatching(/did not accept/),
			expect.stringMatching(/^Not sent/),
		]);
		expect(outputs[3]?.[1]?.json.lead).toMatchObject({ leadInformation: { phone: '+201000000001' } });
		expect(outputs[2]).toHaveLength(1);
	});

	test('a refused organization ends only its own leads', async () => {
		world().sandbox.failNext({ status: 403 });
		const items = ['a', 'a', 'b'].map((organization) => ({ ...good, organization }));
		const options = { concurrency: 1, organizationId: '={{ $json.organization }}' };
		const execution = await world().run({ items, parameters: { ...parameters, options } });
		expect(world().sandbox.calls.map(({ headers }) => headers.organizationid)).toEqual(['a', 'b']);
		expect(execution.outputs(leadNode).map((each) => each.length)).toEqual([1, 0, 0, 0, 2, 0, 0, 0]);
	});
});

test('Stop starts no further lead, and says what became of the others', async () => {
	world().sandbox.failNext([
		{ status: 201, body: { _id: 'a' } },
		{ status: 400, body: { message: 'bad' } },
	]);
	const execution = await world().run({
		items: [good, good, good, good],
		parameters: { ...parameters, outputPerOutcome: false },
	});
	expect(world().sandbox.calls).toHaveLength(2);
	expect(execution.error?.description).toBe(
		'Correct it, then send the lead again. The other leads of this run: 1 created, 2 not sent. Created: item 1.',
	);
});

test('an expression that cannot be worked out ends its own lead only', async () => {
	const execution = await world().run({
		items: [good, good],
		parameters: { ...parameters, firstName: "={{ $itemIndex === 0 ? $('Nowhere').item.json.name : 'Mona' }}" },
	});
	expect(execution.status).toBe('success');
	expect(execution.outputs(leadNode).map((each) => each.length)).toEqual([1, 0, 1, 0, 0, 0, 0, 0]);
	expect(execution.outputs(leadNode)[2]?.[0]?.json.message).toMatch(/First Name/);
});
