import { type FilterName, filterOf, type LeadFilter } from './filter';
import { maxPageSize, maxPlace, maxSearchText, pageSize } from './limits';
import { filterShape } from './readFilter';
import { textOfHeader } from './searchText';
import * as z from 'zod/v4';

/** What a request for leads holds, whatever it is. */
export interface SearchRequest extends Partial<Readonly<Record<FilterName, unknown>>> {
	readonly list: unknown;
	/** The header `x-search`. */
	readonly header: unknown;
	/** Text that stands in the address, where it must not. */
	readonly textInAddress: unknown;
	/** `next` of the page before. */
	readonly after: unknown;
	readonly limit: unknown;
}

/** What is to be looked for. `limit`: 1 to 200; an empty text finds all. */
export interface Search<Name extends string> {
	readonly list: Name;
	readonly text: string;
	readonly after?: string;
	readonly limit: number;
	/** Left out where it narrows nothing. */
	readonly filter?: LeadFilter;
}

/** The part of a request that cannot be understood. */
export type SearchPart = keyof SearchRequest;

interface Means<Name extends string> {
	/** The lists that there are. */
	readonly lists: readonly Name[];
	/** How the places look that this store gives as `next`. */
	readonly place: RegExp;
}

/** Text that is empty where it is absent. A name that is given twice makes a list, which is no text. */
const text = z.string().default('');

const schemaOf = <Name extends string>({ lists, place }: Means<Name>) =>
	z.object({
		...filterShape,
		list: z.enum(lists),
		textInAddress: z.undefined(),
		header: text.transform((header, context) => {
			const found = textOfHeader(header);
			if (found !== undefined && found.length <= maxSearchText) return found;
			context.addIssue('text');
			return z.NEVER;
		}),
		after: z.union([z.literal(''), text.pipe(z.string().max(maxPlace).regex(place))]).default(''),
		limit: text.pipe(z.string().regex(/^(?:[1-9]\d{0,8})?$/)),
	});

/** Makes what reads a request for leads. A limit beyond the most is taken for the most; anything else that is wrong is named. */
export const createSearchReader = <Name extends string>(
	means: Means<Name>,
): ((request: SearchRequest) => { readonly search: Search<Name> } | { readonly problem: SearchPart }) => {
	const schema = schemaOf(means);
	return (request) => {
		const read = schema.safeParse(request);
		if (!read.success) return { problem: read.error.issues[0]?.path[0] as SearchPart };
		const { list, header, after, limit, textInAddress: _, ...values } = read.data;
		const filter = filterOf(values);
		return {
			search: {
				list: list as Name,
				text: header,
				limit: limit === '' ? pageSize : Math.min(maxPageSize, Number(limit)),
				...(after === '' ? {} : { after }),
				...(Object.keys(filter).length === 0 ? {} : { filter }),
			},
		};
	};
};
