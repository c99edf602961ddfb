import { until } from '../until';
import { leadNode, leadWorkflow } from './workflow';
import { useWorld } from './world';

const world = useWorld();
/** Longer than any machine takes to stop a run. */
const slowMs = 300_000;
const longestMs = 45_000;

test('stopping a run during a slow sending ends it at once, and starts no further lead', async () => {
	const { stand, sandbox, credential } = world();
	sandbox.failNext({ status: 201, delayMs: slowMs, body: { _id: 'late' } });
	const parameters = { firstName: 'Mona', phone: '01000000001', options: { concurrency: 1 } };
	const id = await stand.start(leadWorkflow({ credential, items: [{}, {}, {}], parameters }));
	await until(() => sandbox.calls.length === 1);

	const beganMs = Date.now();
	await stand.rest('POST', `/executions/${id}/stop`);
	const execution = await stand.finished(id);
	await until(() => sandbox.calls[0]?.progress === 'gone');
	expect(Date.now() - beganMs).toBeLessThan(longestMs);
	expect(execution.status).toBe('canceled');
	expect(execution.outputs(leadNode)).toEqual([]);
	expect(sandbox.calls).toHaveLength(1);
});
