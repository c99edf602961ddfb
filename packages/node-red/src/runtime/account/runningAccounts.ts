import type { AccountNode } from './types';
import type { Node, NodeAPI } from 'node-red';

/**
 * The accounts that run, by the ids they have there: an account of a subflow runs once for each of its instances, under
 * ids that stand in no flow.
 */
const running = new Map<string, AccountNode>();

/** `forget` is to be called once the account holds nothing of its folder any more. */
export const rememberAccount = (account: AccountNode): { readonly forget: () => void } => {
	running.set(account.id, account);
	return {
		forget: () => {
			if (running.get(account.id) === account) running.delete(account.id);
		},
	};
};

export const runningAccounts = (): readonly AccountNode[] => [...running.values()];
export const runningAccount = (id: string): AccountNode | undefined => running.get(id);

/** As deep as anybody nests subflows. */
const mostNested = 5;

const setting = (RED: NodeAPI, node: Node, name: string): string => {
	try {
		const value: unknown = RED.util.evaluateNodeProperty(name, 'env', node, {});
		return typeof value === 'string' ? value : '';
	} catch {
		return '';
	}
};

/** Where a node of a subflow runs: the instances from the inside out, then the flow. Empty for any other node. */
const placeOf = (RED: NodeAPI, node: Node): readonly string[] => {
	// An instance's path names each one above it; outside of any there is none.
	const nested = Math.min(mostNested, setting(RED, node, 'NR_SUBFLOW_PATH').split('/').length - 1);
	if (nested < 1) return [];
	const instances = Array.from({ length: nested }, (_, level) =>
		setting(RED, node, `${'$parent.'.repeat(level)}NR_SUBFLOW_NAME`),
	);
	return [...instances, setting(RED, node, 'NR_FLOW_NAME')].filter((name) => name !== '');
};

/** An account's name as people tell it from others; one of a subflow with where it runs. Empty where it has none. */
export const accountLabel = (RED: NodeAPI, account: Node): string => {
	const place = placeOf(RED, account);
	return [account.name ?? '', ...place].filter((part) => part !== '').join(' · ');
};
