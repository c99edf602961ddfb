const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;

/** Plain data printed as the literal somebody would have written by hand, for rules that read nothing else. */
export const literal = (value: unknown, indent = ''): string => {
	if (typeof value === 'string') return quoted(value);
	if (typeof value !== 'object' || value === null) return String(value);
	const inner = `${indent}\t`;
	const entries = Array.isArray(value)
		? value.map((each) => literal(each, inner))
		: Object.entries(value).map(([name, each]) => `${key(name)}: ${literal(each, inner)}`);
	const [open, close] = Array.isArray(value) ? '[]' : '{}';
	return entries.length === 0
		? `${open}${close}`
		: `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${indent}${close}`;
};
