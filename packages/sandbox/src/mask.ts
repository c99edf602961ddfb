import { keyRule } from './scenarios';
import type { IncomingHttpHeaders } from 'node:http';

const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);
const hidden = '(hidden)';

/**
 * A key as it may be shown: `sand…-key` for the sandbox's own. Of any other nothing is shown, for it may be a real one
 * that was pasted here by mistake.
 */
function maskKey(key: string): string {
	return keyRule(key) ? `${key.slice(0, 4)}…${key.slice(-4)}` : hidden;
}

/** Text without the key, wherever it stands in it. A key of under 8 letters is too short to be told from other text. */
export function withoutKey(text: string, key: string | null): string {
	if (key === null || key.length < 8) return text;
	const insideJson = JSON.stringify(key).slice(1, -1);
	return text.replaceAll(key, maskKey(key)).replaceAll(insideJson, maskKey(key));
}

/** Data without the key, in whatever text inside it. */
export function withoutKeyInside<T>(value: T, key: string | null): T {
	const clean = (part: unknown): unknown => {
		if (typeof part === 'string') return withoutKey(part, key);
		if (Array.isArray(part)) return part.map(clean);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, clean(inner)]));
	};
	return key === null ? value : (clean(value) as T);
}

/** Headers as they may be shown. */
export function maskHeaders(headers: IncomingHttpHeaders, key: string | null): Record<string, string> {
	const shown: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
		if (name === 'x-api-key') shown[name] = maskKey(text);
		else shown[name] = secretHeaders.has(name) ? hidden : withoutKey(text, key);
	}
	return shown;
}
