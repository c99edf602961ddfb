/** Texts as numbers: few of them are of many leads. */
export interface StringPool {
	readonly codeOf: (name: string) => number;
	/** Undefined where no lead has it. */
	readonly find: (name: string) => number | undefined;
	readonly nameOf: (code: number) => string;
}

export const createStringPool = (): StringPool => {
	const codes = new Map<string, number>();
	const names: string[] = [];
	return {
		codeOf: (name) => {
			const known = codes.get(name);
			if (known !== undefined) return known;
			codes.set(name, names.length);
			return names.push(name) - 1;
		},
		find: (name) => codes.get(name),
		nameOf: (code) => names[code] as string,
	};
};
