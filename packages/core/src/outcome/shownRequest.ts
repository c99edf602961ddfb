import type { Lead } from '../catalog/fields';

/** A request as people may see it: the key is `(hidden)`, the body is data. */
export interface ShownRequest {
	readonly method: 'POST';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Lead;
}

export const hidden = '(hidden)';
