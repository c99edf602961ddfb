import { fieldNamed, issueAt, type Outcome, outcomeOf, readTriggerItem } from '../../../packages/core/src';
import type { CreatedView } from '../panel/createdView';
import { policyBehindTrigger } from './behindTrigger';
import type { GetParameter, IncomingItem } from './getParameter';
import type { Collection, NodeParameters } from './parameters';
import { readOptions } from './policy';
import type { IExecuteFunctions } from 'n8n-workflow';

/** The panel for one item, or the name of the property whose expression n8n could not work out; a dry run is one all the same. */
export type Panel =
	| { readonly kind: 'read'; readonly given: NodeParameters; readonly options: unknown }
	| { readonly kind: 'unreadable'; readonly property: string; readonly dryRun: boolean };

/** What holds for the whole run. */
export interface RunSettings {
	readonly perOutcome: boolean;
	/** How many leads are on their way at once. 1 to 50; 0 is adaptive. */
	readonly concurrency: number;
	/** Earlier executions are asked for leads, which is done for all of them together. */
	readonly readsAhead: boolean;
	/** How much of the API's answer a created lead's item carries. */
	readonly view: CreatedView;
}

const viewOf = (simplify: unknown): CreatedView => ({ kind: simplify === false ? 'raw' : 'simplified' });

const toolView = (output: unknown, names: unknown): CreatedView => {
	if (output === 'raw') return { kind: 'raw' };
	if (output !== 'selected' || !Array.isArray(names)) return { kind: 'simplified' };
	return { kind: 'selected', names: names.filter((name): name is string => typeof name === 'string') };
};

/** What holds for the whole run, read by its first item. */
export const readRun = (
	n8n: Pick<IExecuteFunctions, 'getInputData' | 'getNodeParameter'>,
	asTool: boolean,
): RunSettings => {
	const value = (name: string, otherwise: unknown): unknown => {
		try {
			return n8n.getNodeParameter(name, 0, otherwise);
		} catch {
			return otherwise;
		}
	};
	const options = value('options', {});
	const { concurrency, policy: asSet } = readOptions(options);
	const policy = policyBehindTrigger(asSet, options, readTriggerItem(n8n.getInputData()[0]?.json).submission);
	return {
		perOutcome: value('outputPerOutcome', false) === true,
		concurrency,
		readsAhead: policy.duplicates === 'always',
		view: asTool ? toolView(value('output', 'simplified'), value('outputFields', [])) : viewOf(value('simplify', true)),
	};
};

/** Reads the panel's properties for one item. Never throws: a throw while the node may go on would lose the other leads. */
export const readPanel = (getParameter: GetParameter, item: IncomingItem, submission: unknown): Panel => {
	let unreadable: string | undefined;
	const value = (name: string, otherwise: unknown): unknown => {
		try {
			return getParameter(name, item, otherwise);
		} catch {
			unreadable ??= name;
			return otherwise;
		}
	};
	const additionalFields = (): Collection => value('additionalFields', {}) as Collection;
	const given = (): NodeParameters => {
		switch (value('leadInput', 'fields')) {
			case 'form':
				return { leadInput: 'form', submission, additionalFields: additionalFields() };
			case 'json':
				return { leadInput: 'json', leadJson: value('leadJson', undefined) };
			default:
				return {
					leadInput: 'fields',
					firstName: value('firstName', ''),
					phone: value('phone', ''),
					additionalFields: additionalFields(),
				};
		}
	};
	const read = { kind: 'read', given: given(), options: value('options', {}) } as const;
	if (unreadable === undefined) return read;
	const property = unreadable;
	// Where another option is what cannot be worked out, this one may still be.
	return {
		kind: 'unreadable',
		property,
		dryRun: readOptions(property === 'options' ? { dryRun: value('options.dryRun', false) } : read.options).policy
			.dryRun,
	};
};

const titles: Readonly<Record<string, string>> = {
	additionalFields: 'Additional Fields',
	leadJson: 'Lead JSON',
	options: 'Options',
	leadInput: 'Lead Data',
};

/** The outcome of a lead whose panel could not be read. */
export const unreadableOutcome = (property: string): Outcome => {
	const field = fieldNamed(property)?.path ?? titles[property] ?? property;
	return outcomeOf(
		{ outcome: 'invalid', cause: { kind: 'ownCheck' } },
		{ issues: [issueAt(field, { kind: 'notEvaluated' })] },
	);
};
