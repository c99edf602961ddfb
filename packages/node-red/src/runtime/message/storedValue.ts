import { isByteType, typeMark } from './typedJson';
import { isPlainObject } from '@icloud-ready/core';
import { types } from 'node:util';

/** What is left while a value is written: how much room there is, and which members could not be written whole. */
export interface Writing {
	roomChars: number;
	/** Dotted places. */
	readonly leftOut: string[];
}

/** The member itself cannot be kept. */
const unkept: unique symbol = Symbol('unkept');
/** Nothing of the whole value can be kept: it is too large, or refers to itself. */
const refused: unique symbol = Symbol('refused');
type Written = unknown;

const deepest = 200;
const marked = (type: string, value?: unknown): Readonly<Record<string, unknown>> => ({
	[typeMark]: type,
	...(value === undefined ? {} : { value }),
});

const bytesOf = (view: ArrayBufferView | ArrayBuffer): Buffer =>
	ArrayBuffer.isView(view) ? Buffer.from(view.buffer, view.byteOffset, view.byteLength) : Buffer.from(view);

/** Writes one value. A closure over what is asked of it, so that no step of the recursion carries it along. */
const createWriter = (writing: Writing): ((value: unknown, path: string) => Written) => {
	const above = new Set<object>();
	const took = (chars: number): boolean => (writing.roomChars -= chars) >= 0;

	const list = (values: Iterable<unknown>, path: string): Written => {
		const all: unknown[] = [];
		for (const value of values) {
			const one = write(value, `${path}.${all.length}`);
			// Without one of its entries a list would be another list.
			if (one === unkept || one === refused) return one;
			all.push(one);
		}
		return all;
	};
	const tagged = (type: string, values: Iterable<unknown>, path: string): Written => {
		const all = list(values, path);
		return all === unkept || all === refused ? all : marked(type, all);
	};

	const members = (value: object, path: string): readonly (readonly [string, unknown])[] | typeof refused => {
		const all: (readonly [string, unknown])[] = [];
		for (const key of Object.keys(value)) {
			const place = path === '' ? key : `${path}.${key}`;
			const one = took(key.length + 4) ? write((value as Readonly<Record<string, unknown>>)[key], place) : refused;
			if (one === refused) return refused;
			if (one === unkept) writing.leftOut.push(place);
			else all.push([key, one]);
		}
		for (const symbol of Object.getOwnPropertySymbols(value)) writing.leftOut.push(`${path}[${String(symbol)}]`);
		return all;
	};
	const object = (value: object, path: string): Written => {
		const all = members(value, path);
		if (all === refused) return refused;
		const isBare = Object.getPrototypeOf(value) === null;
		const isAmbiguous = all.some(([key]) => key === typeMark || key === '__proto__');
		return isBare || isAmbiguous ? marked(isBare ? 'BareObject' : 'Object', all) : Object.fromEntries(all);
	};
	/** An instance of a class comes back as data, which is told. */
	const instance = (value: object, path: string): Written => {
		writing.leftOut.push(
			`${path} (as ${String((value as { readonly constructor?: { readonly name?: unknown } }).constructor?.name ?? 'an object')})`,
		);
		if (types.isNativeError(value)) return write({ name: value.name, message: value.message }, path);
		return 'toJSON' in value && typeof value.toJSON === 'function'
			? write((value.toJSON as () => unknown)(), path)
			: object(value, path);
	};

	const inside = (value: object, path: string): Written => {
		if (types.isDate(value)) return marked('Date', Number.isNaN(value.getTime()) ? null : value.getTime());
		if (types.isRegExp(value)) return marked('RegExp', [value.source, value.flags]);
		if (ArrayBuffer.isView(value) || types.isArrayBuffer(value)) {
			const name = Buffer.isBuffer(value)
				? 'Buffer'
				: String((value as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag]);
			if (name !== 'Buffer' && name !== 'ArrayBuffer' && !isByteType(name)) return unkept;
			return took(Math.ceil(value.byteLength / 3) * 4)
				? marked(name, bytesOf(value as ArrayBufferView).toString('base64'))
				: refused;
		}
		if (types.isMap(value)) return tagged('Map', value as ReadonlyMap<unknown, unknown>, path);
		if (types.isSet(value)) return tagged('Set', value as ReadonlySet<unknown>, path);
		if (Array.isArray(value)) {
			if (Object.keys(value).length === value.length) return list(value as unknown[], path);
			const all = members(value, path);
			return all === refused ? refused : marked('Array', [value.length, all]);
		}
		return isPlainObject(value) ? object(value, path) : instance(value, path);
	};

	const write = (value: unknown, path: string): Written => {
		if (!took(typeof value === 'string' ? value.length + 2 : 5)) return refused;
		switch (typeof value) {
			case 'string':
			case 'boolean':
				return value;
			case 'number':
				return Number.isFinite(value) && !Object.is(value, -0)
					? value
					: marked('number', Object.is(value, -0) ? '-0' : String(value));
			case 'bigint':
				return took(String(value).length) ? marked('bigint', String(value)) : refused;
			case 'undefined':
				return marked('undefined');
			case 'function':
			case 'symbol':
				return unkept;
			case 'object':
				break;
		}
		if (value === null) return null;
		if (above.has(value) || above.size === deepest) return refused;
		above.add(value);
		try {
			return inside(value, path);
		} catch {
			// It throws where it is looked at.
			return unkept;
		} finally {
			above.delete(value);
		}
	};
	return write;
};

/** A value as JSON data; undefined where it cannot be kept at all. `writing.leftOut` then names the place. */
export const storedValue = (value: unknown, path: string, writing: Writing): unknown => {
	const named = writing.leftOut.length;
	const written = createWriter(writing)(value, path);
	if (written !== unkept && written !== refused) return written;
	// The whole is named, and not what was found in it before that showed.
	writing.leftOut.splice(named, writing.leftOut.length, path);
	return undefined;
};
