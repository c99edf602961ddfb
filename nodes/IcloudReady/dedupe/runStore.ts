import {
	createDedupe,
	type Dedupe,
	type DedupeState,
	type DedupeStore,
	type InFlightKeys,
} from '../../../packages/core/src';
import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

const marksKey = 'icloudReadyKeys';

const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** What is on its way for an execution: an agent may call its tool twice at once, which are two runs of the node. */
const inFlightOf = new WeakMap<object, InFlightKeys>();

/** The record within one execution: n8n keeps it as long as the execution, also where the node runs several times in a loop. */
export const runRecord = (n8n: Pick<IExecuteFunctions, 'getContext'>): Dedupe => {
	const context = n8n.getContext('node');
	const marks = (context[marksKey] ??= {}) as Record<string, DedupeState | undefined>;
	const store: DedupeStore = {
		get: async (key) => await Promise.resolve(marks[digest(key)]),
		put: async (key, mark) => {
			await Promise.resolve();
			marks[digest(key)] = mark;
		},
		remove: async (key) => {
			await Promise.resolve();
			marks[digest(key)] = undefined;
		},
		close: async () => {
			await Promise.resolve();
		},
	};
	const inFlight: InFlightKeys = inFlightOf.get(context) ?? new Map();
	inFlightOf.set(context, inFlight);
	return createDedupe(store, () => undefined, inFlight);
};
