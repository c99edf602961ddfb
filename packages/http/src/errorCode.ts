/** A client's error code, or that of what caused it; never its text, which may hold headers. */
export const codeOf = (error: unknown): string => {
	const { code, cause, name } = error as { readonly code?: unknown; readonly cause?: unknown; readonly name?: unknown };
	if (typeof code === 'string') return code;
	return typeof cause === 'object' && cause !== null ? codeOf(cause) : String(name);
};
