import { isPlainObject, isRecord } from '../../../packages/core/src';
import type { IExecuteFunctions } from 'n8n-workflow';

/** An incoming item and its place among them. */
export interface IncomingItem {
	readonly itemIndex: number;
	readonly json: unknown;
}

/** What a parameter of the node is for one item; throws where n8n cannot work out its expression. */
export type GetParameter = (name: string, item: IncomingItem, otherwise: unknown) => unknown;

/** How a parameter is written in the panel. */
type Written =
	| { readonly kind: 'fixed'; readonly value: unknown }
	| { readonly kind: 'wholeItem' }
	| { readonly kind: 'expression' };

const hasExpression = (value: unknown): boolean => {
	if (typeof value === 'string') return value.startsWith('=');
	if (Array.isArray(value)) return value.some(hasExpression);
	return isRecord(value) && Object.values(value).some(hasExpression);
};

const wholeItem = /^=\{\{\s*\$json\s*\}\}$/;

/** n8n itself may hold dates and other objects in an item, and makes texts of some where an expression gives them. */
const isPlain = (value: unknown): boolean => {
	if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
	if (Array.isArray(value)) return value.every(isPlain);
	return isPlainObject(value) && Object.values(value).every(isPlain);
};

/**
 * Asks n8n once for what no expression changes, and not at all where the expression is the item itself: working out one for
 * each item takes n8n longer than all that the node does with it.
 */
export const createGetParameter = (n8n: Pick<IExecuteFunctions, 'getNodeParameter'>): GetParameter => {
	const known = new Map<string, Written>();
	const howWritten = (name: string, itemIndex: number, otherwise: unknown): Written => {
		const raw: unknown = n8n.getNodeParameter(name, itemIndex, otherwise, { rawExpressions: true });
		if (typeof raw === 'string' && wholeItem.test(raw)) return { kind: 'wholeItem' };
		if (hasExpression(raw)) return { kind: 'expression' };
		return { kind: 'fixed', value: n8n.getNodeParameter(name, itemIndex, otherwise) };
	};
	return (name, { itemIndex, json }, otherwise) => {
		const written = known.get(name) ?? howWritten(name, itemIndex, otherwise);
		known.set(name, written);
		if (written.kind === 'fixed') return written.value;
		if (written.kind === 'wholeItem' && isPlain(json)) return json;
		return n8n.getNodeParameter(name, itemIndex, otherwise);
	};
};
