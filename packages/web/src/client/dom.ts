/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

type Child = Node | string | null;

/** Makes an element. Text goes in as text, so that nothing a caller sent becomes markup. */
export const make = <Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	attributes: Readonly<Record<string, string>> = {},
	...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
	element.append(...children.filter((child) => child !== null));
	return element;
};

/** An element that the page is known to have. */
export const byId = <E extends HTMLElement = HTMLElement>(id: string): E => {
	const element = document.getElementById(id);
	if (!element) throw new Error(`The page has no #${id}`);
	return element as E;
};

/** Whether list and detail stand side by side; `page.css` has the same width. */
export const isWide = (): boolean => matchMedia('(min-width: 860px)').matches;
