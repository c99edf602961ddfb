import { createThrottle } from '../account/throttle';
import type { CallResult } from './formNode';
import type { Node, NodeStatus } from 'node-red';

const showEveryMs = 250;
const two = (number: number): string => String(number).padStart(2, '0');

const statusOf = (
	result: CallResult,
	time: string,
	translate: (key: string, values: Readonly<Record<string, unknown>>) => string,
): NodeStatus => {
	switch (result.kind) {
		case 'asked':
			return { fill: 'green', shape: 'ring', text: translate('asked', { time }) };
		case 'repeat':
			return { fill: 'grey', shape: 'dot', text: translate('repeat', { time }) };
		case 'answered':
			if (result.status < 400) return { fill: 'green', shape: 'dot', text: translate('answered', { time }) };
			return {
				fill: result.status === 503 ? 'yellow' : 'red',
				shape: 'ring',
				text: translate(`refused.${result.refusal ?? 'other'}`, { time, status: result.status }),
			};
	}
};

/** The line below a lead form node: when it was last called, and with what result. */
export const createResultLine = (
	node: Pick<Node, 'status'>,
	translate: (key: string, values: Readonly<Record<string, unknown>>) => string,
): { readonly show: (result: CallResult) => void; readonly stop: () => void } => {
	let last: { readonly result: CallResult; readonly at: Date } | undefined;
	const throttle = createThrottle(showEveryMs, () => {
		if (last === undefined) return;
		const { result, at } = last;
		node.status(statusOf(result, `${two(at.getHours())}:${two(at.getMinutes())}`, translate));
	});
	return {
		show: (result) => {
			last = { result, at: new Date() };
			throttle.run();
		},
		stop: throttle.stop,
	};
};
