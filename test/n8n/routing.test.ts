import { placeOf } from '../../nodes/IcloudReady/report/routeOutcome';
import { wiringOf } from '../../nodes/IcloudReady/report/wiring';
import { isFailure, type Outcome, type OutcomeKind, outcomeKinds } from '../../packages/core/src';

const outcome = (kind: string): Outcome => ({ outcome: kind }) as Outcome;
const sent = (kind: string): { readonly outcome: Outcome; readonly dryRun: boolean } => ({
	outcome: outcome(kind),
	dryRun: kind === 'dryRun',
});
const kinds = outcomeKinds.map(({ kind }) => kind);
const all = () => true;
const none = () => false;
const failures: readonly OutcomeKind[] = [
	'invalid',
	'unauthorized',
	'forbidden',
	'rateLimited',
	'unconfirmed',
	'failed',
];

describe('the place of an outcome', () => {
	test.each([...kinds, 'dryRun'])('%s, without Output per Outcome', (kind) => {
		const place = placeOf(sent(kind), { asTool: false, perOutcome: false, isWired: all });
		expect(place).toEqual(failures.includes(kind as OutcomeKind) ? { kind: 'onError' } : { kind: 'output', index: 0 });
		expect(isFailure(outcome(kind))).toBe(failures.includes(kind as OutcomeKind));
	});

	test.each(kinds)('%s, with Output per Outcome and all outputs wired', (kind) => {
		expect(placeOf(sent(kind), { asTool: false, perOutcome: true, isWired: all })).toEqual({
			kind: 'output',
			index: kinds.indexOf(kind),
		});
	});

	test.each(kinds)('%s, with Output per Outcome and no output wired', (kind) => {
		const place = placeOf(sent(kind), { asTool: false, perOutcome: true, isWired: none });
		expect(place).toEqual(
			failures.includes(kind as OutcomeKind) ? { kind: 'onError' } : { kind: 'output', index: kinds.indexOf(kind) },
		);
	});

	test('a dry run leaves on the first output', () => {
		expect(placeOf(sent('dryRun'), { asTool: false, perOutcome: true, isWired: none })).toEqual({
			kind: 'output',
			index: 0,
		});
	});

	test.each(failures)(
		'%s in a dry run is an item among the others, and on its own output where that leads somewhere',
		(kind) => {
			const inDryRun = { outcome: outcome(kind), dryRun: true };
			expect(placeOf(inDryRun, { asTool: false, perOutcome: false, isWired: all })).toEqual({
				kind: 'output',
				index: 0,
			});
			expect(placeOf(inDryRun, { asTool: false, perOutcome: true, isWired: none })).toEqual({
				kind: 'output',
				index: 0,
			});
			expect(placeOf(inDryRun, { asTool: false, perOutcome: true, isWired: all })).toEqual({
				kind: 'output',
				index: kinds.indexOf(kind),
			});
		},
	);

	test.each([...kinds, 'dryRun'])("%s, as an agent's tool", (kind) => {
		expect(placeOf(sent(kind), { asTool: true, perOutcome: false, isWired: none })).toEqual({
			kind: 'output',
			index: 0,
		});
	});
});

const to = (...names: readonly string[]) => names.map((node) => ({ node, type: 'main', index: 0 }));

describe('whether an output is wired', () => {
	const nodes = {
		'Create Lead': {},
		On: {},
		Off: { disabled: true },
		'Off before On': { disabled: true },
		Loop: { disabled: true },
	};
	const connectionsBySourceNode = {
		'Create Lead': { main: [to('On'), to('Off'), to('Off before On'), to('Off', 'On'), null, to('Loop')] },
		'Off before On': { main: [to('On')] },
		Loop: { main: [to('Loop', 'Create Lead')] },
	};
	const getNode = () => ({ name: 'Create Lead' });
	const wiring = (more: object) => wiringOf({ getNode, ...more } as never);

	test.each([
		[0, true, 'a node that runs'],
		[1, false, 'a disabled node'],
		[2, true, 'a disabled node with a running one behind it'],
		[3, true, 'both'],
		[4, false, 'nothing (null)'],
		[5, false, 'disabled nodes that lead back'],
		[6, false, 'nothing'],
	])('output %i: %s, to %s', (index, wired) => {
		expect(wiring({ workflow: { nodes, connectionsBySourceNode } })(index)).toBe(wired);
	});

	test.each([
		['n8n does not tell', {}],
		[
			'the editor runs only up to this node',
			{
				workflow: { nodes, connectionsBySourceNode: {} },
				runExecutionData: { startData: { destinationNode: { nodeName: 'Create Lead' } } },
			},
		],
		[
			'an older editor does',
			{
				workflow: { nodes, connectionsBySourceNode: {} },
				runExecutionData: { startData: { destinationNode: 'Create Lead' } },
			},
		],
	])('where %s, every output counts as wired', (_name, more) => {
		expect(wiring(more)(7)).toBe(true);
	});

	test('a run up to another node changes nothing', () => {
		const running = {
			workflow: { nodes, connectionsBySourceNode: {} },
			runExecutionData: { startData: { destinationNode: { nodeName: 'On' } } },
		};
		expect(wiring(running)(0)).toBe(false);
	});
});
