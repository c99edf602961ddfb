import { byteTypes, isByteType, typeMark } from './typedJson';
import { isRecord } from '@icloud-ready/core';

const withMembers = (target: object, members: readonly (readonly [string, unknown])[]): object => {
	for (const [key, value] of members)
		Object.defineProperty(target, key, {
			value: restoredValue(value),
			enumerable: true,
			writable: true,
			configurable: true,
		});
	return target;
};

const fromBytes = (name: string, text: string): unknown => {
	const bytes = Buffer.from(text, 'base64');
	if (name === 'Buffer') return bytes;
	const { buffer } = Uint8Array.from(bytes);
	if (name === 'ArrayBuffer') return buffer;
	if (!isByteType(name)) throw new TypeError(`No version stored ${name}.`);
	// All of them are made of a buffer alone, which the types of the whole list do not say.
	return new (byteTypes[name] as Uint8ArrayConstructor)(buffer);
};

const unmarked = (type: string, value: unknown): unknown => {
	switch (type) {
		case 'undefined':
			return undefined;
		case 'number':
			return Number(value);
		case 'bigint':
			return BigInt(value as string);
		case 'Date':
			return new Date(value === null ? Number.NaN : (value as number));
		case 'RegExp':
			return new RegExp(...(value as [string, string]));
		case 'Map':
			return new Map((value as readonly unknown[]).map((pair) => restoredValue(pair) as [unknown, unknown]));
		case 'Set':
			return new Set((value as readonly unknown[]).map(restoredValue));
		case 'Array': {
			const [length, members] = value as [number, readonly (readonly [string, unknown])[]];
			return withMembers(new Array<unknown>(length), members);
		}
		case 'Object':
			return withMembers({}, value as readonly (readonly [string, unknown])[]);
		case 'BareObject':
			return withMembers(Object.create(null) as object, value as readonly (readonly [string, unknown])[]);
		default:
			return fromBytes(type, String(value));
	}
};

/** The value that `storedValue` wrote. Never throws: what no version wrote stays as it stands. */
export const restoredValue = (stored: unknown): unknown => {
	if (Array.isArray(stored)) return (stored as unknown[]).map(restoredValue);
	if (!isRecord(stored)) return stored;
	const type = stored[typeMark];
	if (typeof type !== 'string') return withMembers({}, Object.entries(stored));
	try {
		return unmarked(type, stored.value);
	} catch {
		return stored;
	}
};
