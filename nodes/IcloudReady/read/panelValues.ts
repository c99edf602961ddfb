import { isRecord } from '../../../packages/core/src';
import type { IExecuteFunctions } from 'n8n-workflow';

/** An incoming item and its place among them. */
export interface PanelItem {
	readonly itemIndex: number;
	readonly json: unknown;
}

/** What a property of the panel is for one item; throws where n8n cannot work out its expression. */
export type PanelValue = (name: string, item: PanelItem, otherwise: unknown) => unknown;

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
	const prototype: unknown = Object.getPrototypeOf(value);
	return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isPlain);
};

/**
 * Asks n8n once for what no expression changes, and not at all where the expression is the item itself: working out one for
 * each item takes n8n longer than all that the node does with it.
 */
export const panelValues = (n8n: Pick<IExecuteFunctions, 'getNodeParameter'>): PanelValue => {
	const written = new Map<string, 'fixed' | 'wholeItem' | 'expression'>();
	const fixed = new Map<string, unknown>();
	const howWritten = (name: string, otherwise: unknown): 'fixed' | 'wholeItem' | 'expression' => {
		const raw: unknown = n8n.getNodeParameter(name, 0, otherwise, { rawExpressions: true });
		if (typeof raw === 'string' && wholeItem.test(raw)) return 'wholeItem';
		return hasExpression(raw) ? 'expression' : 'fixed';
	};
	return (name, { itemIndex, json }, otherwise) => {
		const how = written.get(name) ?? howWritten(name, otherwise);
		written.set(name, how);
		if (how === 'wholeItem' && isPlain(json)) return json;
		if (how !== 'fixed') return n8n.getNodeParameter(name, itemIndex, otherwise);
		if (!fixed.has(name)) fixed.set(name, n8n.getNodeParameter(name, itemIndex, otherwise));
		return fixed.get(name);
	};
};
