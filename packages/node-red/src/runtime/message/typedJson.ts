/**
 * How values stand in JSON so that they come back as they were. What JSON has no word for stands as `{ "$type": …,
 * "value": … }`; so does an object that has a `$type` of its own.
 */
export const typeMark = '$type';

/** By name, since a function node has a realm of its own. */
export const byteTypes = {
	Int8Array,
	Uint8Array,
	Uint8ClampedArray,
	Int16Array,
	Uint16Array,
	Int32Array,
	Uint32Array,
	Float32Array,
	Float64Array,
	BigInt64Array,
	BigUint64Array,
	DataView,
} as const;
export const isByteType = (name: string): name is keyof typeof byteTypes => Object.hasOwn(byteTypes, name);
