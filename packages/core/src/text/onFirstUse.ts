/** What is made when it is asked for, and once: a host loads the nodes long before it uses them. */
export const onFirstUse = <Made>(make: () => Made): (() => Made) => {
	let made: { readonly it: Made } | undefined;
	return () => (made ??= { it: make() }).it;
};
