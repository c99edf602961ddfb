import { type Field, fields, suggestionName } from '../../../packages/core/src';

/** A code of a country says little by itself; the other suggestions are words. */
const shown = (field: Field, value: string): string =>
	field.kind === 'country' ? `${value} (${suggestionName(field, value, 'en')})` : value;

const hintOf = (field: Field): string | undefined => {
	const offered = (field.suggestions ?? []).map((value) => shown(field, value));
	if (offered.length === 0) return undefined;
	return `Often ${offered.slice(0, -1).join(', ')} or ${offered.at(-1)}; any other value works too`;
};

const byPath = (): Readonly<Record<string, string>> =>
	Object.fromEntries(
		fields.flatMap((field) => {
			const hint = hintOf(field);
			return hint === undefined ? [] : [[field.path, hint]];
		}),
	);

/** What each field offers, by its path. The build puts the texts into the node, so that n8n starts without loading the names of countries. */
export const suggestionHints = byPath();
