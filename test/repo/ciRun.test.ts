import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '../..');
const runner = pathToFileURL(join(root, '.ci/run.mjs')).href;
const result = pathToFileURL(join(root, '.ci/result.mjs')).href;

interface Part {
	readonly name: string;
	readonly command: readonly string[];
	readonly waits?: boolean;
}
interface Stage {
	readonly needed?: boolean;
	readonly atOnce: number;
	readonly parts: readonly Part[];
}

/** What a module prints that is given these values as `given`. */
const evaluated = (code: string, ...given: readonly unknown[]): string => {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		['--input-type=module', '-e', `const given = ${JSON.stringify(given)};\n${code}`],
		{ encoding: 'utf8' },
	);
	if (stderr !== '') throw new Error(stderr);
	return stdout.trim();
};

/** What is printed where these are all the stages. */
const ran = (stages: readonly Stage[], partSeconds = 600): string =>
	evaluated(
		`import { run } from ${JSON.stringify(runner)};
		const [stages, more] = given;
		await run(stages, { folder: '.', print: (text) => console.log(text), allSeconds: 600, ...more });`,
		stages,
		{ partSeconds },
	);
const node = (name: string, code: string): Part => ({ name, command: [process.execPath, '-e', code] });
const good = node('good', 'console.log("Tests:       3 passed, 3 total")');
const bad = node('bad', 'console.log("it is broken"); process.exit(1)');

test('all is summed up in the last line, and a check without tests counts once', () => {
	const printed = ran([{ atOnce: 2, parts: [good, node('check', '')] }]);
	expect(printed.split('\n').at(-1)).toBe('4 passed, 0 failed');
	expect(printed).toContain('== good, ');
});

test('what mostly waits goes beside the others, one after the other', () => {
	const lines = (name: string, waits: boolean): Part => ({
		...node(name, 'setTimeout(() => console.log("its end"), 300)'),
		waits,
	});
	const printed = ran([
		{ atOnce: 1, parts: [lines('a', true), lines('b', true), lines('c', false), lines('d', false)] },
	]);
	const order = [...printed.matchAll(/^(?:-- (\w) begins|== (\w),)/gm)].map(
		([, begun = '', ended = '']) => begun + ended.toUpperCase(),
	);
	const of = (...names: readonly string[]) => order.filter((name) => names.includes(name.toLowerCase()));
	expect([of('a', 'b'), of('c', 'd')]).toEqual([
		['a', 'A', 'b', 'B'],
		['c', 'C', 'd', 'D'],
	]);
	expect(order.slice(0, 2).sort()).toEqual(['a', 'c']);
});

test('what fails is told below everything else, and the rest of its stage runs on', () => {
	const printed = ran([
		{ atOnce: 1, parts: [bad, good] },
		{ atOnce: 1, parts: [node('later', '')] },
	]);
	expect(printed).toMatch(/== bad, what failed\nit is broken\n[^]*Not passed: bad\n4 passed, 1 failed$/);
});

test('where something that is needed fails, no later stage begins, and that is said', () => {
	const printed = ran([
		{ needed: true, atOnce: 2, parts: [bad, good] },
		{ atOnce: 1, parts: [node('later', 'console.log("must not run")')] },
	]);
	expect(printed).toMatch(/Not begun after that: later\nNot passed: bad\n3 passed, 1 failed$/);
	expect(printed).not.toContain('must not run');
});

test('a part that hangs is ended with all that it started, and told', () => {
	const child = 'setInterval(() => undefined, 1000)';
	const hanging = node(
		'hanging',
		`const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
		console.log('pid ' + pid); ${child}`,
	);
	const printed = ran([{ atOnce: 1, parts: [hanging] }], 3);
	expect(printed).toMatch(/hanging had not ended after 3 seconds\.[^]*Not passed: hanging\n0 passed, 1 failed$/);
	const pid = Number(/^pid (\d+)$/m.exec(printed)?.[1]);
	expect(pid).toBeGreaterThan(1);
	expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a program that is not there is a part that failed', () => {
	expect(ran([{ atOnce: 1, parts: [{ name: 'none', command: ['no-such-program-here'] }] }])).toMatch(
		/0 passed, 1 failed$/,
	);
});

test.each<[name: string, output: string, hasPassed: boolean, counts: object]>([
	['colors', '\u001b[1mTests: \u001b[22m      2 failed, 5 passed, 7 total', false, { passed: 5, failed: 2 }],
	['the last of two suites', 'Tests: 1 passed, 1 total\nTests: 2 passed, 2 total', true, { passed: 2, failed: 0 }],
	['a suite that ended before it counted', 'Syntax error', false, { passed: 0, failed: 1 }],
	['tests that passed and an end that did not', 'Tests: 5 passed, 5 total', false, { passed: 5, failed: 1 }],
	['a check', 'fine', true, { passed: 1, failed: 0 }],
])('%s are counted', (_name, output, hasPassed, counts) => {
	const code = `import { countsOf } from ${JSON.stringify(result)};
		console.log(JSON.stringify(countsOf(...given)));`;
	expect(JSON.parse(evaluated(code, output, hasPassed))).toEqual(counts);
});

test('only the failed tests of a suite are told as its reasons, each with its first lines', () => {
	const output =
		'PASS a.test.ts\n  ✓ fine\nFAIL b.test.ts\n  ● is broken\n\n    Expected: 1\n\nSummary of all failing tests\n  ● is broken';
	const code = `import { reasonsOf } from ${JSON.stringify(result)};
		console.log(JSON.stringify(reasonsOf(...given)));`;
	expect(JSON.parse(evaluated(code, output))).toEqual(['FAIL b.test.ts', '  ● is broken', '    Expected: 1']);
});

describe('the parts', () => {
	interface HostsPart {
		readonly name: string;
		readonly words: readonly string[];
		readonly timed: 'only' | 'none';
	}
	const timed = JSON.parse(
		evaluated(
			`import { timed } from ${JSON.stringify(pathToFileURL(join(root, 'test/hosts/timed.mjs')).href)};
			console.log(JSON.stringify(timed));`,
		),
	) as readonly string[];
	const parts = JSON.parse(
		evaluated(
			`import { stages } from ${JSON.stringify(pathToFileURL(join(root, '.ci/parts.mjs')).href)};
			const parts = stages.flatMap(({ parts }) => parts).filter(({ command }) => command.includes('test:hosts'));
			console.log(JSON.stringify(parts.map(({ name, command, env }) =>
				({ name, words: command.slice(command.indexOf('--') + 1), timed: env.HOSTS_TIMED }))));`,
		),
	) as readonly HostsPart[];
	const files = readdirSync(join(root, 'test/hosts'), { recursive: true, encoding: 'utf8' })
		.map((name) => `test/hosts/${name.split(sep).join('/')}`)
		.filter((name) => name.endsWith('.test.ts') && !name.startsWith('test/hosts/queue/'));

	test.each(files)('%s is run by one of them', (file) => {
		const isTimed = timed.some((name) => file === `test/hosts/${name}.test.ts`);
		const running = parts.filter(
			({ words, timed: which }) => (which === 'only') === isTimed && words.some((word) => file.includes(word)),
		);
		expect(running).toHaveLength(1);
	});

	test('each of them is a job of the checks at GitHub, and no job names another', () => {
		const names = JSON.parse(
			evaluated(
				`import { stages } from ${JSON.stringify(pathToFileURL(join(root, '.ci/parts.mjs')).href)};
				console.log(JSON.stringify(stages.flatMap(({ parts }) => parts).map(({ name }) => name)));`,
			),
		) as readonly string[];
		const workflow = readFileSync(join(root, '.github/workflows/checks.yml'), 'utf8');
		const together = [...workflow.matchAll(/run: \.ci\/run ([\w -]+)$/gm)].flatMap(([, words = '']) =>
			words.split(' '),
		);
		const alone = [...workflow.matchAll(/\{ part: ([\w-]+)/g)].map(([, name = '']) => name);
		expect([...new Set([...together, ...alone])].sort()).toEqual([...names].sort());
	});

	test.each(timed)('%s, which measures time, is there', (name) => {
		expect(files).toContain(`test/hosts/${name}.test.ts`);
	});
});
