import { type AccountSettings, missingSetting } from '../config/accountSettings';
import { isNodeNewEnough } from '../config/nodeVersion';
import { variableFlaw, variableOutcome } from '../config/variables';
import { type MissingSetting, type Outcome, outcomeOf } from '@icloud-ready/core';
import type { Node, NodeAPI } from 'node-red';

/** An account's settings as they stand in the flow, with no variable put in; of one in a subflow, those of the subflow. */
const asInFlow = (RED: NodeAPI, node: Node): Readonly<Record<string, unknown>> => {
	const id = (node as unknown as { readonly _alias?: string })._alias ?? node.id;
	let given: Readonly<Record<string, unknown>> = {};
	RED.nodes.eachNode((config) => {
		if (config.id === id) given = config as unknown as Readonly<Record<string, unknown>>;
	});
	const { apiKey } = (RED.nodes.getCredentials(id) ?? {}) as { readonly apiKey?: unknown };
	return { ...given, apiKey };
};

const notConfigured = (missing: MissingSetting): Outcome =>
	outcomeOf({ outcome: 'failed', cause: { kind: 'notConfigured', missing } });

/** The first thing that keeps an account from sending; undefined where nothing does. `given`: its settings with the key, variables put in. */
export const unusableFor = (
	RED: NodeAPI,
	node: Node,
	given: Readonly<Record<string, unknown>> & { readonly apiKey: string },
	settings: AccountSettings,
): Outcome | undefined => {
	// The HTTP client cannot be loaded there; npm installs the nodes all the same unless it is told to be strict.
	if (!isNodeNewEnough(process.versions.node)) return notConfigured('nodeVersion');
	const flaw = variableFlaw(given, asInFlow(RED, node));
	if (flaw !== undefined) return variableOutcome(flaw);
	const missing = missingSetting(settings, given.apiKey);
	return missing === undefined ? undefined : notConfigured(missing);
};
