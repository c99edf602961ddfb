import { escapeHtml } from './escapeHtml';

/** Text that is already HTML. */
interface Html {
	readonly html: string;
}
type Part = string | number | Html | readonly Html[];

const render = (part: Part): string => {
	if (Array.isArray(part)) return (part as readonly Html[]).map((each) => each.html).join('');
	return typeof part === 'object' ? (part as Html).html : escapeHtml(String(part));
};

/** A template whose parts are escaped unless they came from `html` themselves. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => {
	return { html: texts.reduce((all, text, at) => all + render(parts[at - 1] as Part) + text) };
};
