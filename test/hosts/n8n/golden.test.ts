import type { RunnableWorkflow } from './workflow';
import { useWorld } from './world';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const world = useWorld();
const saved = readFileSync(join(__dirname, '../../golden/n8n-0.1.0.json'), 'utf8');

test('a workflow of 0.1.0 keeps working', async () => {
	const { stand, credential } = world();
	const items = [
		{
			n: 'Nora',
			p: '0551234567',
			name: 'Mona Ali',
			phone: '01001234567',
			lead: { firstName: 'Mona', phone: '01001234567' },
		},
		{ n: 'Nora', p: '0551234567', name: 'Mona', phone: '12', lead: {} },
	];
	const workflow = {
		...(JSON.parse(saved.replaceAll('CREDENTIAL', credential.id)) as Omit<RunnableWorkflow, 'run' | 'pinData'>),
		pinData: { Start: items.map((json) => ({ json })) },
		run: { triggerToStartFrom: { name: 'Start' } },
	};
	const execution = await stand.run(workflow);
	expect(execution.status).toBe('success');
	const outcomes = execution
		.outputs('Fields')
		.map((output) => output.map(({ json }) => json.outcome ?? json.leadNumber));
	expect(outcomes.map((output) => output.length)).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
	expect(outcomes[1]).toEqual(['duplicate']);
	expect(execution.outputs('Form').map((output) => output.length)).toEqual([1, 1]);
	expect(execution.outputs('Form')[1]?.[0]?.json).toMatchObject({ details: { outcome: 'invalid' } });
	expect(
		execution.outputs('JSON')[0]?.map(({ json }) => json.outcome ?? (json.details as { outcome: string }).outcome),
	).toEqual(['dryRun', 'invalid']);
	expect(JSON.parse(world().sandbox.calls[0]?.body ?? '')).toMatchObject({
		leadInformation: { phone: '+966551234567', address: { city: 'Riyadh', country: 'SA' } },
		tags: ['golden', 'saved'],
		leadRating: 4,
		isQualified: true,
		customField: '{"utm":"x"}',
	});
});
