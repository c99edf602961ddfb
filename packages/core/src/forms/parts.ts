import { isRecord } from '../text/json';
import type { Answer } from './answer';

/** Parts of a payload that nobody vouches for, in the type that a source expects; what is of another one is as good as missing. */

export type Part = Readonly<Record<string, unknown>>;

export const partOf = (value: unknown): Part => (isRecord(value) ? value : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Those members of a list that are objects. */
export const partsOf = (value: unknown): readonly Part[] => listOf(value).filter(isRecord);

/** What changed, in Meta's notifications: `entry[].changes[].value`. */
export const changeValues = (payload: unknown): readonly Part[] =>
	partsOf(partOf(payload).entry).flatMap(({ changes }) => partsOf(changes).map(({ value }) => partOf(value)));

/** Text or a number as text; ids come as either. Undefined for anything else and for nothing. */
export const textOf = (value: unknown): string | undefined => {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' ? undefined : text;
};

/** An id as text; platforms write 0 where there is none. */
export const idOf = (value: unknown): string | undefined => (value === 0 || value === '0' ? undefined : textOf(value));

/** Pairs of an object as answers, whose place is `path.key`. */
export const answersOf = (part: Part, path: string): readonly Answer[] =>
	Object.entries(part).map(([key, value]) => ({ key, value, from: path === '' ? key : `${path}.${key}` }));

/** A submission's own id, where it has one. */
export const known = (id: string | undefined): { readonly dedupeKey?: string } =>
	id === undefined ? {} : { dedupeKey: id };

/** A part without some of its keys, which say something of the payload and nothing of the person. */
export const without = (part: Part, ...keys: readonly string[]): Part =>
	Object.fromEntries(Object.entries(part).filter(([key]) => !keys.includes(key)));
