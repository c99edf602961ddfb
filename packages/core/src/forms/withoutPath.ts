import { isRecord } from '../text/json';
import { opened } from './flatten';
import type { Part } from './parts';

/** An object without what stands at a path, which others may share. */
export const withoutPath = (part: Part, [key = '', ...rest]: readonly string[]): Part =>
	Object.fromEntries(
		Object.entries(part).flatMap(([name, value]) => {
			if (name !== key) return [[name, value]];
			const inner = opened(name, value);
			return rest.length === 0 || !isRecord(inner) ? [] : [[name, withoutPath(inner, rest)]];
		}),
	);
