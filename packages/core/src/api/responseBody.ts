import { parseJson } from '../text/json';

/** How much of a page is read; what a person would be told stands at its top. */
const longestPage = 20_000;

const entities: ReadonlyMap<string, string> = new Map(
	Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", '#x27': "'", nbsp: ' ' }),
);

/** Words that name a mistake and say nothing of it: `{ statusCode: 400, error: "Bad Request" }`. */
export const saysNothing = (text: string): boolean =>
	/^(?:bad request(?: exception)?|unprocessable (?:entity|content)|(?:one or more )?validation[_ ]?(?:errors?|failed)?(?: occurred)?|error|invalid|fail(?:ed|ure)?)\.?$/i.test(
		text.trim(),
	);

const untagged = (html: string): string =>
	html
		.replace(/<[^<>]*>/g, ' ')
		.replace(/&(#?\w{1,8});/g, (whole, name: string) => entities.get(name) ?? whole)
		.replace(/\s+/g, ' ')
		.trim();

/** The page's first heading, with its tags; empty where it does not end soon. */
const firstHeading = (html: string): string => {
	const [heading = '', ...after] = (html.split(/<h1[^<>]*>/i, 2)[1] ?? '').slice(0, 520).split(/<\/h1>/i, 2);
	return after.length === 0 ? '' : heading;
};

/** What a person would read on an HTML page: its title, else its heading, else its text up to a program's own notes. */
const htmlText = (page: string): string => {
	const html = page.slice(0, longestPage);
	const title = /<title[^<>]*>([^<]*)<\/title>/i.exec(html)?.[1] ?? '';
	const heading = firstHeading(html);
	const body =
		html.replace(/<(script|style|head)\b[^]*?(?:<\/\1>|$)/gi, ' ').split(/<br ?\/?>(?:&nbsp;|\s)*at /i, 1)[0] ?? '';
	const texts = [title, heading, body].map(untagged).filter((text) => text !== '');
	return texts.find((text) => !saysNothing(text)) ?? texts[0] ?? '';
};

/** Tab, line feed, form feed, carriage return: the only ones below the space that texts are written with. */
const written: readonly number[] = [9, 10, 12, 13];

/** Whether it holds what no text does, but compressed bytes and pictures do. */
const holdsBytes = (text: string): boolean => {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code < 0x20 && !written.includes(code)) return true;
	}
	return false;
};

/** A body as data: JSON text parsed, HTML as the text a person would read, nothing of what is no text, everything else as it is. */
export const bodyData = (body: unknown): unknown => {
	if (typeof body !== 'string') return body;
	const data = parseJson(body);
	if (data !== undefined) return data;
	const start = body.slice(0, longestPage);
	if (holdsBytes(start)) return '';
	return /^\s*<[a-z!?]/i.test(start) ? htmlText(body) : body;
};
