import { rememberKeys } from './keys';
import type { Steps } from './steps';

const digitsOfBig = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** Deeper data, and any that is not made of plain objects, lists, texts, numbers, yes and no, goes through JSON itself. */
const deepest = 50;
const notPlain: unique symbol = Symbol('not plain');

const hasOwnWords = (value: object): boolean => 'toJSON' in value && typeof value.toJSON === 'function';

/** Made by braces or `JSON.parse`, in whatever realm: a function node of Node-RED has one of its own. */
export const isPlainObject = (value: object): value is Readonly<Record<string, unknown>> => {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
};

const copyOf = (value: unknown, levels: number): unknown => {
	switch (typeof value) {
		case 'string':
		case 'boolean':
			return value;
		case 'number':
			// JSON knows neither, and writes -0 as 0.
			return Number.isFinite(value) ? value + 0 : null;
		case 'object':
			return value === null ? null : insideOf(value, levels);
		default:
			return notPlain;
	}
};

const insideOf = (value: object, levels: number): unknown => {
	if (levels === 0 || hasOwnWords(value)) return notPlain;
	if (Array.isArray(value)) {
		const list: unknown[] = [];
		for (const each of value as unknown[]) {
			const copy = copyOf(each, levels - 1);
			if (copy === notPlain) return notPlain;
			list.push(copy);
		}
		return list;
	}
	if (!isPlainObject(value)) return notPlain;
	const object: Record<string, unknown> = {};
	for (const key of Object.keys(value)) {
		const inner = value[key];
		if (inner === undefined) continue;
		const copy = copyOf(inner, levels - 1);
		// The name would set what the copy inherits.
		if (copy === notPlain || key === '__proto__') return notPlain;
		object[key] = copy;
	}
	return object;
};

/**
 * A value as JSON carries it: dates as text, nothing that only a program has. Undefined for bytes and for what JSON cannot
 * carry: an object that holds itself, or thousands of levels.
 */
export const plainData = (value: unknown): unknown => {
	if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
	if (ArrayBuffer.isView(value)) return undefined;
	try {
		const copy = copyOf(value, deepest);
		return copy === notPlain ? (JSON.parse(JSON.stringify(value, digitsOfBig)) as unknown) : copy;
	} catch {
		return undefined;
	}
};

/** Within so many levels data is copied piece by piece. */
const inPieces = 4;
const piece = 512;

function* copySteps(value: unknown, levels: number): Steps<unknown> {
	if (levels === 0 || typeof value !== 'object' || value === null || hasOwnWords(value)) return copyOf(value, deepest);
	let left = piece;
	if (Array.isArray(value)) {
		const list: unknown[] = [];
		for (const each of value as unknown[]) {
			const copy = typeof each === 'object' ? yield* copySteps(each, levels - 1) : copyOf(each, deepest);
			if (copy === notPlain) return notPlain;
			list.push(copy);
			if (--left > 0) continue;
			left = piece;
			yield;
		}
		return list;
	}
	if (!isPlainObject(value)) return notPlain;
	const object: Record<string, unknown> = {};
	const keys: string[] = [];
	for (const key of Object.keys(value)) {
		const inner = value[key];
		if (inner === undefined) continue;
		const copy = typeof inner === 'object' ? yield* copySteps(inner, levels - 1) : copyOf(inner, deepest);
		if (copy === notPlain || key === '__proto__') return notPlain;
		object[key] = copy;
		keys.push(key);
		if (--left > 0) continue;
		left = piece;
		yield;
	}
	rememberKeys(object, keys);
	return object;
}

/** `plainData`, giving way within data of thousands of values. */
export function* plainDataSteps(value: unknown): Steps<unknown> {
	if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return plainData(value);
	let copy: unknown = notPlain;
	try {
		copy = yield* copySteps(value, inPieces);
	} catch {
		// What throws while it is read does so again, and is told as what it is.
	}
	return copy === notPlain ? plainData(value) : copy;
}
