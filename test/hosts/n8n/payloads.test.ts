import { payloadFixtures } from '../../fixtures/payloads';
import { expectLeadSent } from '../expectLeadSent';
import { leadNode } from './workflow';
import { useWorld } from './world';

const world = useWorld();

test.each(payloadFixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
	const { run, sandbox, credential } = world();
	sandbox.reset();
	const execution = await run({
		credential,
		items: [fixture.payload],
		onError: 'continueRegularOutput',
		parameters: { leadInput: 'form', options: { defaultCountry: fixture.defaultCountry } },
	});
	const [item] = execution.outputs(leadNode)[0] ?? [];
	const {
		_id: id,
		outcome,
		details,
	} = (item?.json ?? {}) as { _id?: string; outcome?: string; details?: { outcome: string } };
	expectLeadSent(fixture, sandbox, id === undefined ? String(outcome ?? details?.outcome) : 'created');
});
