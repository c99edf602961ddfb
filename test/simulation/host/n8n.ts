import { fakeParameters } from '../../fixtures/fakeParameters';
import type { N8nPlan } from '../worlds/plan';

export interface Item {
	readonly json: Readonly<Record<string, unknown>>;
	readonly pairedItem?: { readonly item: number };
}

/** What the node asks n8n's HTTP client for. */
export interface ClientRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly timeout: number;
}

/** What stands behind one execution of the node. */
export interface ExecutionMeans {
	readonly plan: N8nPlan;
	readonly items: readonly { readonly json: object; readonly account: string }[];
	/** Kept by n8n as long as the execution. */
	readonly context: Record<string, unknown>;
	readonly credential: (account: string) => object;
	readonly signal: AbortSignal;
	readonly request: (
		request: ClientRequest,
		key: string,
		signal: AbortSignal | undefined,
	) => Promise<{ readonly statusCode: number; readonly headers: object; readonly body: string }>;
	readonly record: {
		readonly checkProcessedAndRecord: (entries: readonly string[]) => Promise<object>;
		readonly removeProcessed: (entries: readonly string[]) => Promise<void>;
	};
	readonly hint: (text: string) => void;
}

/** As much of n8n as its node uses in one try of an execution. */
export const createExecuteFunctions = (means: ExecutionMeans): object => {
	const { plan, items } = means;
	const { onError, retryOnFail, outputPerOutcome, duplicates, unconfirmed, ...numbers } = plan;
	const options = { duplicates, unconfirmed, duplicateKey: 'phone', ...numbers };
	return {
		getInputData: () => items.map(({ json }) => ({ json })),
		getNode: () => ({ id: 'create', name: 'Create', type: 'icloudReady', onError, retryOnFail }),
		getWorkflow: () => ({ id: 'workflow' }),
		getContext: () => means.context,
		getNodeOutputs: () => [{ type: 'main' }],
		getNodeParameter: fakeParameters({ leadInput: 'json', outputPerOutcome, options }, (item) => ({
			leadJson: items[item]?.json,
		})),
		getCredentials: async (_type: string, index: number) =>
			await Promise.resolve(means.credential(items[index]?.account ?? '')),
		getExecutionCancelSignal: () => means.signal,
		continueOnFail: () => onError !== 'stopWorkflow',
		addExecutionHints: ({ message }: { readonly message: string }) => means.hint(message),
		helpers: {
			httpRequestWithAuthentication(
				this: { readonly getExecutionCancelSignal: () => AbortSignal | undefined },
				_type: string,
				request: ClientRequest,
				{ credentialsDecrypted }: { readonly credentialsDecrypted: { readonly data: { readonly apiKey: string } } },
			) {
				return means.request(request, credentialsDecrypted.data.apiKey, this.getExecutionCancelSignal());
			},
			checkProcessedAndRecord: means.record.checkProcessedAndRecord,
			removeProcessed: means.record.removeProcessed,
		},
	};
};

class NodeError extends Error {
	messages: unknown[] = [];
	description = '';
}
class NodeOperationError extends NodeError {
	constructor(
		readonly node: unknown,
		message: string,
	) {
		super(message);
	}
}
class NodeApiError extends NodeError {
	constructor(readonly node: unknown) {
		super('');
	}
}

/** The module of n8n that its nodes load. */
export const n8nWorkflow = (
	sleep: (ms: number, value: undefined, options: { readonly signal?: AbortSignal }) => Promise<unknown>,
): object => ({
	NodeConnectionTypes: { Main: 'main', AiTool: 'ai_tool' },
	NodeOperationError,
	NodeApiError,
	sleep: async (ms: number, signal?: AbortSignal) => {
		await sleep(ms, undefined, signal === undefined ? {} : { signal });
	},
});
