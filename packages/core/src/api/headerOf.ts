import type { Headers } from '../outcome/outcome';

/** One header's first value, whatever its name's case; null where there is none. */
export const headerOf = (headers: Headers, name: string): string | null => {
	// Some clients leave the headers out or give a number, whatever their types say.
	for (const [key, value] of Object.entries<unknown>(headers ?? {})) {
		const first: unknown = Array.isArray(value) ? value[0] : value;
		if (key.toLowerCase() === name && (typeof first === 'string' || typeof first === 'number')) return String(first);
	}
	return null;
};
