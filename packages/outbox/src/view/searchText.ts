/**
 * What is looked for names a person, and addresses are kept in logs and histories. So it goes as this header, encoded as
 * in an address.
 */
export const searchHeader = 'x-search';

/** The header for a text; half a letter, which a cut may leave, cannot be encoded. */
export const searchHeaders = (text: string): Readonly<Record<string, string>> =>
	text === '' ? {} : { [searchHeader]: encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')) };

/** The text of a header; undefined where it was not encoded as it should be. */
export const textOfHeader = (header: string): string | undefined => {
	try {
		return decodeURIComponent(header).trim();
	} catch {
		return undefined;
	}
};
