import type { IExecuteFunctions } from 'n8n-workflow';

interface Target {
	readonly node: string;
}

/** The part of n8n's running workflow that tells connections; it is not in n8n's types. */
interface Running {
	readonly workflow?: {
		readonly nodes?: Readonly<Record<string, { readonly disabled?: boolean } | undefined>>;
		readonly connectionsBySourceNode?: Readonly<
			Record<string, { readonly main?: readonly (readonly Target[] | null | undefined)[] } | undefined>
		>;
	};
	readonly runExecutionData?: {
		readonly startData?: { readonly destinationNode?: string | { readonly nodeName?: string } };
	};
}

/** Whether the editor runs the workflow only up to this node: its outputs are then looked at, and n8n hides their connections. */
const isDestination = ({ runExecutionData }: Running, name: string): boolean => {
	const destination = runExecutionData?.startData?.destinationNode;
	return (typeof destination === 'string' ? destination : destination?.nodeName) === name;
};

/**
 * Whether items on an output of this node get to a node that does something with them. A disabled node passes items on
 * to those behind it. Where n8n does not tell, outputs count as wired.
 */
export const wiringOf = (n8n: Pick<IExecuteFunctions, 'getNode'>): ((outputIndex: number) => boolean) => {
	const running = n8n as Running;
	const { name } = n8n.getNode();
	const { connectionsBySourceNode, nodes } = running.workflow ?? {};
	if (connectionsBySourceNode === undefined || isDestination(running, name)) return () => true;

	const reaches = (source: string, outputIndex: number, seen: readonly string[]): boolean => {
		const targets = connectionsBySourceNode[source]?.main?.[outputIndex] ?? [];
		return targets.some(
			({ node }) => !seen.includes(node) && (nodes?.[node]?.disabled !== true || reaches(node, 0, [...seen, node])),
		);
	};
	return (outputIndex) => reaches(name, outputIndex, [name]);
};
