/** What a Content-Type says: the type without its parameters, in lower case, and those that reading needs. */
export interface ContentType {
	readonly type: string;
	readonly charset?: string;
	readonly boundary?: string;
}

const patterns = {
	charset: /;\s*charset=(?:"([^"]*)"|([^;\s]*))/i,
	boundary: /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i,
};

const parameter = (text: string, name: keyof typeof patterns): string | undefined => {
	const found = patterns[name].exec(text);
	return found?.[1] ?? found?.[2];
};

/** Never throws; an absent header is an empty type. */
export const contentTypeOf = (header: string | undefined): ContentType => {
	const text = header ?? '';
	const [charset, boundary] = [parameter(text, 'charset'), parameter(text, 'boundary')];
	return {
		type: (text.split(';')[0] ?? '').trim().toLowerCase(),
		...(charset === undefined ? {} : { charset: charset.toLowerCase() }),
		...(boundary === undefined || boundary === '' ? {} : { boundary }),
	};
};
