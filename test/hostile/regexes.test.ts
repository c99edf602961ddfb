import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { pumps } from '../fixtures/hostile';

const root = join(__dirname, '../..');
/** Every source of every package and node; what is built or installed is none. */
const isBuilt = (name: string): boolean => /(?:^|[\\/])(?:node_modules|dist)[\\/]/.test(name);
const sources = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`), 'nodes', 'credentials']
	.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !isBuilt(name)).sort().map((name) => join(root, folder, name)));
const length = 100_000;
/** Of the processor for 100 kB, by the best of a few runs: this machine may be busy with something else. */
const longestMs = 50;
const mostRuns = 5;

interface Pattern {
	readonly name: string;
	readonly regex: RegExp;
}

const patternsIn = (file: string): readonly Pattern[] => {
	const found: Pattern[] = [];
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const [, body = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
			const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			found.push({ name: `${relative(root, file).split(sep).join('/')}:${line} ${node.text}`, regex: new RegExp(body, flags) });
		}
		// One that is put together at run time from text cannot be tried here, and there is none.
		if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') {
			const [pattern, flags] = node.arguments ?? [];
			const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			const text = pattern !== undefined && ts.isStringLiteralLike(pattern) ? pattern.text : undefined;
			found.push({ name: `${relative(root, file).split(sep).join('/')}:${line} ${node.getText()}`, regex: text === undefined ? undefined : new RegExp(text, flags !== undefined && ts.isStringLiteralLike(flags) ? flags.text : '') });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
};

const patterns = folders.flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).sort().flatMap((name) => patternsIn(join(root, folder, name))),
);

/** What a pattern itself would take, repeated and made wrong at the end; some patterns no sample can be made of. */
const ownPumps = ({ regex }: Pattern): readonly string[] => {
	try {
		const samples = fc.sample(fc.stringMatching(new RegExp(regex.source, regex.flags.replace(/[giy]/g, ''))), { numRuns: 4, seed: 7 }).filter((sample) => sample !== '');
		return samples.flatMap((sample) => [sample, sample.slice(0, Math.ceil(sample.length / 2))]).flatMap((part) => ['', '\0'].map((end) => `${part.repeat(Math.ceil(length / part.length)).slice(0, length)}${end}`));
	} catch {
		return [];
	}
};

/** Every place of the text is tried, as `replace` and `matchAll` do. */
const use = (regex: RegExp, text: string): void => {
	if (regex.global) text.replace(regex, '');
	else regex.test(text);
};

const takesMs = (regex: RegExp, text: string): number => {
	const before = process.cpuUsage();
	use(regex, text);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
};

/** A tenth of the text comes first: where that alone takes long, nothing better is to be expected of the whole. */
const isQuick = (regex: RegExp, text: string): boolean => {
	const isPartQuick = (part: string): boolean => {
		for (let run = 0; run < mostRuns; run++) if (takesMs(regex, part) < longestMs) return true;
		return false;
	};
	return isPartQuick(text.slice(0, length / 10) + text.slice(-2)) && isPartQuick(text);
};

const common = pumps(length);

test('the patterns are found, and a careless one would be told', () => {
	expect(patterns.length).toBeGreaterThan(80);
	const careless = ownPumps({ name: '', regex: /^(?:a+b?)+$/ });
	expect(careless.length).toBeGreaterThan(0);
	expect(isQuick(/\s*,$/, `${' '.repeat(length)}!`)).toBe(false);
});

test.each(patterns)('$name', (pattern) => {
	// One is enough: what grows with the square takes seconds for each.
	const slow = [...common, ...ownPumps(pattern)].find((text) => !isQuick(pattern.regex, text));
	expect(slow === undefined ? undefined : [slow.slice(0, 12), slow.slice(-2)]).toBeUndefined();
});
