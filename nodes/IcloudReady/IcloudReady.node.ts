import { outcomeKinds } from '../../packages/core/src';
import { recordsOf } from './dedupe/dedupeStores';
import { memoryOf } from './dedupe/retryMemory';
import { outputsExpression } from './panel/outputsExpression';
import { leadProperties } from './panel/properties';
import { leadsOf, readAhead, readBefore } from './read/checkedLeads';
import { readRun } from './read/readParameters';
import { placeOf, type Routing } from './report/routeOutcome';
import { othersSummary, runSummary } from './report/summary';
import { failureError, failureItem, outcomeItem } from './report/toItems';
import { wiringOf } from './report/wiring';
import { deliver } from './send/deliver';
import { runAccounts } from './send/runAccounts';
import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

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
		builderHint: {
			searchHint:
				'Creates a lead in the iCloud-Ready CRM. Behind a webhook, form or ad trigger set leadInput to "form": name, phone and the rest are found in the item. Elsewhere, and as a tool, use "fields" with firstName and phone. Set options.duplicates to "always" where a sender repeats.',
		},
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
						action: 'Create lead',
					},
				],
				default: 'create',
			},
			...leadProperties,
		],
	};

	/** Each lead of the incoming items ends as one item, on the output of its outcome, or as the error that stops the run. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const asTool = this.getNodeOutputs().some(({ type }) => type === NodeConnectionTypes.AiTool);
		const run = readRun(this, asTool);
		const perOutcome = run.perOutcome && !asTool;
		const routing: Routing = { asTool, perOutcome, isWired: wiringOf(this) };
		const goesOn = this.continueOnFail();
		const toErrorOutput = this.getNode().onError === 'continueErrorOutput';

		const memory = memoryOf(this, asTool);
		const noLeads: string[] = [];
		const leads = leadsOf(this, asTool, memory, (why) => noLeads.push(why));
		const ahead = run.readsAhead ? await readAhead(leads) : [];
		const records = recordsOf(
			this,
			ahead.flatMap(({ state, policy }) => (state.kind === 'ready' ? [{ key: state.key, policy }] : [])),
		);
		const accounts = runAccounts(this, run.concurrency);
		const delivered = await deliver(run.readsAhead ? readBefore(ahead) : leads, accounts, records, {
			concurrency: run.concurrency,
			onEnd: memory.remember,
			stops: (each) => !goesOn && placeOf(each, routing).kind === 'onError',
		});
		await records.flush();

		const ended = delivered.flatMap((each) => (each === undefined ? [] : [each]));
		const willThrow = !goesOn && ended.some((each) => placeOf(each, routing).kind === 'onError');
		// Only then may n8n run the node again with the same items, or an agent its tool. What is kept is stored with the execution.
		if (willThrow || this.getNode().retryOnFail === true || asTool) memory.persist();

		const outputs: INodeExecutionData[][] = (perOutcome ? outcomeKinds : [undefined]).map(() => []);
		for (const each of delivered) {
			if (each === undefined) continue;
			const { outcome, itemIndex } = each;
			const place = placeOf(each, routing);
			if (place.kind === 'output') outputs[place.index]?.push(outcomeItem(each, { asTool, view: run.view }));
			else if (goesOn) outputs[0]?.push(failureItem(outcome, itemIndex, toErrorOutput));
			else throw failureError(this.getNode(), outcome, itemIndex, othersSummary(delivered, each), each.answer);
		}

		const message = runSummary(
			ended.map(({ outcome }) => outcome),
			{
				noLeads,
				recalled: memory.recalled(),
				heldMs: accounts.heldMs(),
				isRecordFaulty: records.isFaulty(),
			},
		);
		if (message !== '') this.addExecutionHints({ message, location: 'outputPane' });
		return outputs;
	}
}
