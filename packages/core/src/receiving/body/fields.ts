/** More answers than any form has: what holds more is no form. */
export const mostFields = 2000;

/** Names with their values; one that comes several times is a list, as boxes to tick are sent. */
export const fieldsOf = (
	pairs: readonly (readonly [name: string, value: string])[],
): Readonly<Record<string, unknown>> => {
	const values = new Map<string, string[]>();
	for (const [name, value] of pairs) {
		const known = values.get(name);
		if (known === undefined) values.set(name, [value]);
		else known.push(value);
	}
	return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
};
