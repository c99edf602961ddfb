import { isRecord } from '../text/json';
import type { Answer, Source } from './answer';
import { unbracketed } from './brackets';
import { flatten } from './flatten';
import { groupsIn } from './groups';
import type { Part } from './parts';
import { reaches } from './rows';
import { withoutPath } from './withoutPath';

/** What a payload of a known source was put into. */
export interface Wrapped {
	/** The object, or the list of them. */
	readonly inner: unknown;
	/** What stood beside it on the way. */
	readonly beside: readonly Answer[];
}

const deepest = 6;
/** A payload with more groups than these is no wrapping. */
const mostGroups = 12;

const isClaimed = (part: Part, sources: readonly Source[], claim: (source: Source, part: Part) => boolean): boolean =>
	sources.some((source) => claim(source, part));

/**
 * The payload of a known source inside another object, under whatever name: `{ data: … }`, `{ body: [ … ] }`, JSON text. Undefined
 * where there is none, or where the object around it tells a person itself.
 */
export const wrappedIn = (
	payload: Part,
	sources: readonly Source[],
	claim: (source: Source, part: Part) => boolean,
): Wrapped | undefined => {
	const seek = (
		part: Part,
		levels: number,
	): { readonly inner: unknown; readonly path: readonly string[] } | undefined => {
		let groups = 0;
		for (const [key, value] of groupsIn(part)) {
			if (++groups > mostGroups) return undefined;
			const entry: unknown = Array.isArray(value) ? (value as readonly unknown[])[0] : value;
			if (!isRecord(entry)) continue;
			const first = unbracketed(entry);
			if (isClaimed(first, sources, claim)) return { inner: value, path: [key] };
			const deeper = levels > 1 && !Array.isArray(value) ? seek(first, levels - 1) : undefined;
			if (deeper !== undefined) return { inner: deeper.inner, path: [key, ...deeper.path] };
		}
		return undefined;
	};
	const found = seek(payload, deepest);
	if (found === undefined) return undefined;
	const beside = flatten(withoutPath(payload, found.path));
	return reaches(beside) ? undefined : { inner: found.inner, beside };
};
