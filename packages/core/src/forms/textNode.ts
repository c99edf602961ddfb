import { isRecord } from '../text/json';
import type { Answer } from './answer';
import { type Part, textOf } from './parts';

/** Keys under which readers of XML keep an element's own text, beside its attributes. */
const ownText = /^(?:_|#text|\$t|\$text|__?text)$/;
const attributeGroup = /^(?:\$|@|_?attributes|@attributes)$/;
/** What an attribute is called that says which of several an element is: `<name part="first">`. */
const telling = /^[@_$]{0,2}(?:part|name|type|kind|key|label|id)$/;

/** An element of XML: its text, and which of several it is. Undefined where it is something else. */
const nodeOf = (part: Part): { readonly value: unknown; readonly which?: string } | undefined => {
	const names = Object.keys(part);
	const name = names.length > 6 ? undefined : names.find((each) => ownText.test(each));
	if (name === undefined || typeof part[name] === 'object') return undefined;
	const attributes = names
		.filter((each) => each !== name)
		.flatMap((each): readonly (readonly [string, unknown])[] => {
			const value = part[each];
			return attributeGroup.test(each) && isRecord(value) ? Object.entries(value) : [[each, value]];
		});
	if (attributes.some(([, value]) => typeof value === 'object')) return undefined;
	const which = attributes.map(([key, value]) => (telling.test(key) ? textOf(value) : undefined)).find((text) => text);
	return { value: part[name], ...(which === undefined || which.includes('.') ? {} : { which }) };
};

/** Elements of XML under one name as answers: `[{ _: 'Mona', part: 'first' }]`. Undefined where any of them is something else. */
export const textNodes = (list: readonly unknown[], key: string, from: string): readonly Answer[] | undefined => {
	const nodes = list.map((each) => (isRecord(each) ? nodeOf(each) : undefined));
	return list.length === 0 || nodes.includes(undefined)
		? undefined
		: nodes.map((node) =>
				node?.which === undefined
					? { key, value: node?.value, from }
					: { key: node.which, value: node.value, from: `${from}.${node.which}` },
			);
};
