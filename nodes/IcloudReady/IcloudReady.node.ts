import { type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import { createRefusals, neverAgain, outcomeKinds } from '../../packages/core/src';
import { readAccount } from './account';
import { deliver } from './deliver';
import { memoryOf } from './finished';
import { monotonicMs, n8nHost } from './host';
import { failureError, failureItem, outcomeItem } from './items';
import { leadsOf } from './leads';
import { outputsExpression } from './outputs';
import { readRun } from './panel';
import { leadProperties } from './properties';
import { recordsOf } from './records';
import { placeOf, type Routing } from './route';
import { othersSummary, runSummary } from './summary';
import { turnsOf } from './turns';
import { wiringOf } from './wiring';

export class IcloudReady implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'iCloud-Ready',
		name: 'icloudReady',
		icon: { light: 'file:icloudReady.svg', dark: 'file:icloudReady.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Create leads in the iCloud-Ready CRM from ad forms, website forms and spreadsheets',
		defaults: {
			name: 'iCloud-Ready',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression,
		usableAsTool: true,
		credentials: [
			{
				name: 'icloudReadyApi',
				required: true,
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Lead',
						value: 'lead',
					},
				],
				default: 'lead',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: {
					show: {
						resource: ['lead'],
					},
				},
				options: [
					{
						name: 'Create',
						value: 'create',
						description: 'Create a lead from fields, a form submission or JSON',
						action: 'Create a lead',
					},
				],
				default: 'create',
			},
			...leadProperties,
		],
	};

	/** Each lead of the incoming items ends as one item, on the output of its outcome, or as the error that stops the run. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const account = await readAccount(this);
		const asTool = this.getNodeOutputs().some(({ type }) => type === NodeConnectionTypes.AiTool);
		const run = readRun(this);
		const perOutcome = run.perOutcome && !asTool;
		const routing: Routing = { asTool, perOutcome, isWired: wiringOf(this) };
		const goesOn = this.continueOnFail();
		const toErrorOutput = this.getNode().onError === 'continueErrorOutput';

		const memory = memoryOf(this, asTool);
		const { leads, noLeads } = leadsOf(this, account, memory);
		const records = recordsOf(this, leads.flatMap(({ state, policy }) => (state.kind === 'ready' ? [{ key: state.key, policy }] : [])));
		const begunAtMs = monotonicMs();
		const turns = account === undefined ? undefined : turnsOf(account, run.maxPerSecond, begunAtMs);
		const heldBeforeMs = turns?.heldInAllMs(begunAtMs) ?? 0;
		// After a refused key the rest is not sent, after a refused organization the rest of that one; a run is over soon.
		const host = n8nHost(this, { refusals: createRefusals(neverAgain), ...(turns === undefined ? {} : { turns }) });
		const delivered = await deliver(leads, host, records, {
			concurrency: run.concurrency,
			onEnd: memory.note,
			stops: (outcome) => !goesOn && placeOf(outcome, routing).kind === 'onError',
		});
		await records.flush();

		const ended = delivered.flatMap((each) => (each === undefined ? [] : [each]));
		const willThrow = !goesOn && ended.some(({ outcome }) => placeOf(outcome, routing).kind === 'onError');
		// Only then may n8n run the node again with the same items, or an agent its tool. What is kept is stored with the execution.
		if (willThrow || this.getNode().retryOnFail === true || (asTool && !goesOn)) memory.keep();

		const outputs: INodeExecutionData[][] = (perOutcome ? outcomeKinds : [undefined]).map(() => []);
		for (const each of delivered) {
			if (each === undefined) continue;
			const { outcome, itemIndex } = each;
			const place = placeOf(outcome, routing);
			if (place.kind === 'output') outputs[place.index]?.push(outcomeItem(outcome, itemIndex, asTool));
			else if (goesOn) outputs[0]?.push(failureItem(outcome, itemIndex, toErrorOutput));
			else throw failureError(this.getNode(), outcome, itemIndex, othersSummary(delivered, each));
		}

		const message = runSummary(ended.map(({ outcome }) => outcome), {
			noLeads,
			recalled: memory.recalled(),
			heldMs: (turns?.heldInAllMs(monotonicMs()) ?? 0) - heldBeforeMs,
			isRecordFaulty: records.isFaulty(),
		});
		if (message !== '') this.addExecutionHints({ message, location: 'outputPane' });
		return outputs;
	}
}
