/** An item of a list as structured fields (RFC 9651) have them, with its parameters; strings without their quotes. */
export interface FieldItem {
	readonly value: string;
	readonly parameters: Readonly<Record<string, string>>;
}

/** A quoted string, what stands between marks, or a mark. No two of them begin alike, so that each is tried once. */
const part = /"(?:[^"\\]|\\.)*"|[^",;]+|[,;"]/g;

const unquoted = (text: string): string =>
	text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;

/** Splits at a mark, except where it stands in a string. */
const splitAt = (text: string, mark: ',' | ';'): readonly string[] => {
	const pieces: string[] = [''];
	for (const [each] of text.matchAll(part)) {
		if (each === mark) pieces.push('');
		else pieces.push(`${pieces.pop() ?? ''}${each}`);
	}
	return pieces.map((piece) => piece.trim());
};

const itemOf = (text: string): FieldItem => {
	const [value = '', ...parameters] = splitAt(text, ';');
	return {
		value: unquoted(value),
		parameters: Object.fromEntries(
			parameters.map((each) => {
				const at = each.indexOf('=');
				return at < 0 ? [each, ''] : [each.slice(0, at).trim(), unquoted(each.slice(at + 1).trim())];
			}),
		),
	};
};

/** The items of a list; what is no list gives items that mean nothing to anybody. For texts of some hundred characters. */
export const fieldItems = (text: string): readonly FieldItem[] => splitAt(text, ',').map(itemOf);
