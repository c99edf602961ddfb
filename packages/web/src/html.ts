/** Text that is already HTML. */
interface Html {
	readonly html: string;
}
type Part = string | number | Html | readonly Html[];

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);

const render = (part: Part): string => {
	if (Array.isArray(part)) return (part as readonly Html[]).map((each) => each.html).join('');
	return typeof part === 'object' ? (part as Html).html : escape(String(part));
};

/** A template whose parts are escaped unless they came from `html` themselves. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => {
	return { html: texts.reduce((all, text, at) => all + render(parts[at - 1] as Part) + text) };
};
