import { byCases, chosen } from '../fixtures/cases';
import { pumps } from '../fixtures/hostile';
import { leastProcessorMs } from '../fixtures/processorTime';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
/** Every source of every package and node; what is built or installed is none. */
const isBuilt = (name: string): boolean => /(?:^|[\\/])(?:node_modules|dist)[\\/]/.test(name);
const sources = [
	...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`),
	'nodes',
	'credentials',
].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !isBuilt(name))
		.sort()
		.map((name) => join(root, folder, name)),
);
const length = 100_000;
/** Of the processor for 100 kB, by the best of a few runs: this machine may be busy with something else. */
const longestMs = 50;
/** Ten times the text takes ten times as long, a hundred times where it grows with the square. */
const mostGrowth = 30;

interface Pattern {
	readonly name: string;
	readonly regex: RegExp;
}

/** Files that put patterns together. */
const composing = new Set<string>();

const patternsIn = (file: string): readonly Pattern[] => {
	const found: Pattern[] = [];
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const [, body = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
			const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			found.push({
				name: `${relative(root, file).split(sep).join('/')}:${line} ${node.text}`,
				regex: new RegExp(body, flags),
			});
		}
		// What is put together when it runs cannot be read here; it is caught below.
		if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp')
			composing.add(relative(root, file).split(sep).join('/'));
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
};

const literals = sources.flatMap(patternsIn);

/** Patterns that the core puts together, as they are when it has been loaded and hides keys. */
const composed = ((): readonly Pattern[] => {
	const found = new Map<string, RegExp>();
	const Plain = RegExp;
	globalThis.RegExp = new Proxy(Plain, {
		construct: (target, args: [string, string?]) => {
			const regex = new target(...args);
			// The libraries of the core put some together as well, and give them no more than 250 characters.
			if (/[\\/]packages[\\/]core[\\/]src[\\/]/.test(new Error().stack?.split('\n')[2] ?? ''))
				found.set(String(regex), regex);
			return regex;
		},
	});
	try {
		jest.isolateModules(() => {
			jest.requireActual('../../packages/core/src');
			const { withoutKey } = jest.requireActual<{ withoutKey: (value: string, key: string) => string }>(
				'../../packages/core/src/api/redact',
			);
			for (const key of ['sk_live_4f9a', 'a+b/c==', '(a+)+$', '&&&&&&&&']) withoutKey('', key);
		});
	} finally {
		globalThis.RegExp = Plain;
	}
	return [...found].map(([text, regex]) => ({ name: `composed ${text.slice(0, 80)}`, regex }));
})();
const patterns = [...literals, ...composed];

/** What a pattern itself would take, repeated and made wrong at the end; some patterns no sample can be made of. */
const ownPumps = ({ regex }: Pattern): readonly string[] => {
	try {
		const samples = fc
			.sample(fc.stringMatching(new RegExp(regex.source, regex.flags.replace(/[giy]/g, ''))), {
				numRuns: byCases({ few: 2, more: 4, all: 4 }),
				seed: 7,
			})
			.filter((sample) => sample !== '');
		return samples
			.flatMap((sample) => [sample, sample.slice(0, Math.ceil(sample.length / 2))])
			.flatMap((part) =>
				['', '\0'].map((end) => `${part.repeat(Math.ceil(length / part.length)).slice(0, length)}${end}`),
			);
	} catch {
		return [];
	}
};

/** Every place of the text is tried, as `replace` and `matchAll` do. */
const use = (regex: RegExp, text: string): void => {
	if (regex.global) text.replace(regex, '');
	else regex.test(text);
};

/** The quickest of a few runs, which ends as soon as one is quick enough. */
const bestMs = (regex: RegExp, text: string): number => leastProcessorMs(() => use(regex, text), longestMs);

/**
 * A tenth of the text comes first: where that alone takes long, nothing better is to be expected of the whole. What takes
 * long on the whole is slow if it takes far more than ten times as long: a busy machine makes both slow, a square only the whole.
 */
const isQuick = (regex: RegExp, text: string): boolean => {
	const tenthMs = bestMs(regex, text.slice(0, length / 10) + text.slice(-2));
	return tenthMs < longestMs && bestMs(regex, text) < Math.max(longestMs, mostGrowth * tenthMs);
};

/** A part of them where nobody asks for more: each is tried on each pattern. */
const common = chosen(pumps(length), byCases({ few: 12, more: 60, all: Infinity }));

test('the patterns are found, and a careless one would be told', () => {
	expect(literals.length).toBeGreaterThan(200);
	expect(composed.length).toBeGreaterThan(5);
	// Those of phones are tried on 16 characters at most, as `internationalPhone` looks first; what Node-RED gives back is a
	// pattern of the user's own, which is never tried; that of IP addresses sees 50 characters at most; and that of an entry is its `"name":"text"`, whose parts cannot both match.
	expect([...composing].sort()).toEqual([
		'packages/core/src/api/redact.ts',
		'packages/core/src/forms/match/mention.ts',
		'packages/core/src/forms/match/questionText.ts',
		'packages/core/src/forms/match/secret.ts',
		'packages/core/src/values/numberingPlan.ts',
		'packages/node-red/src/runtime/message/restoredValue.ts',
		'packages/outbox/src/store/readEntry.ts',
	]);
	for (const part of [
		'packages/gateway/src/api/',
		'packages/gateway/src/stores/redis/',
		'packages/node-red/src/editor/',
		'packages/node-red/src/runtime/',
		'packages/sandbox/src/',
		'packages/outbox/src/',
		'packages/core/src/',
		'nodes/',
	])
		expect([part, literals.some(({ name }) => name.startsWith(part))]).toEqual([part, true]);
	const careless = ownPumps({ name: '', regex: /^(?:a+b?)+$/ });
	expect(careless.length).toBeGreaterThan(0);
	expect(isQuick(/\s*,$/, `${' '.repeat(length)}!`)).toBe(false);
});

test.each(patterns)('$name', (pattern) => {
	// One is enough: what grows with the square takes seconds for each.
	const slow = [...common, ...ownPumps(pattern)].find((text) => !isQuick(pattern.regex, text));
	expect(slow === undefined ? undefined : [slow.slice(0, 12), slow.slice(-2)]).toBeUndefined();
});
