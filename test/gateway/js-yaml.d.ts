declare module 'js-yaml' {
	/** What a YAML text says; throws where it is none. */
	export const load: (text: string) => unknown;
}
