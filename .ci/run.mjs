/**
 * Runs the parts of `parts.mjs`, or those that are named, and closes with the times, the reasons and one line: N passed, N
 * failed. Plain Node, since nothing is installed yet.
 */
import { fileURLToPath } from 'node:url';
import { runPart } from './part.mjs';
import { stages as allStages } from './parts.mjs';

/** Nothing hangs for longer, and all of it never comes near the hour and a half after which others would end it. */
const limits = { partSeconds: 45 * 60, allSeconds: 87 * 60 };
const longestReasons = 60_000;

const stagesOf = (all, names) => {
	const known = all.flatMap(({ parts }) => parts.map(({ name }) => name));
	const strange = names.filter((name) => !known.includes(name));
	if (strange.length > 0) throw new Error(`There is no part ${strange.join(', ')}. Known: ${known.join(', ')}.`);
	if (names.length === 0) return all;
	// Two parts that find the packages older than their sources would build them at once.
	return all
		.map((stage) => ({ ...stage, parts: stage.parts.filter(({ name }) => name === 'install' || names.includes(name)) }))
		.filter(({ parts }) => parts.length > 0);
};

/** Runs stages and prints; resolves with whether all passed. What is needed and fails keeps the later stages from beginning. */
export const run = async (stages, { folder, print, partSeconds, allSeconds }) => {
	const beganAtMs = performance.now();
	const leftSeconds = () => allSeconds - (performance.now() - beganAtMs) / 1000;
	const ends = new Set();
	let isStopped = false;
	const endAll = () => {
		isStopped = true;
		for (const end of ends) end();
	};
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, endAll);
	const results = [];
	const runNamed = async (part) => {
		print(`-- ${part.name} begins`);
		let own;
		const result = await runPart(part, {
			folder,
			limitSeconds: Math.max(1, Math.min(partSeconds, leftSeconds())),
			ending: (end) => {
				own = end;
				ends.add(end);
			},
		});
		ends.delete(own);
		results.push(result);
		print(
			`\n== ${result.name}, ${result.seconds} s: ${result.passed} passed, ${result.failed} failed\n${result.output}`,
		);
	};
	const skipped = [];
	let isOver = false;
	for (const { parts, atOnce, needed = false } of stages) {
		const [busy, waiting] = [parts.filter(({ waits }) => !waits), parts.filter(({ waits }) => waits)];
		const mayBegin = (left) => left.length > 0 && !isOver && !isStopped && leftSeconds() > 0;
		const lane = async (left) => {
			while (mayBegin(left)) await runNamed(left.shift());
		};
		await Promise.all([...Array.from({ length: atOnce }, async () => await lane(busy)), lane(waiting)]);
		skipped.push(...[...busy, ...waiting].map(({ name }) => name));
		const names = parts.map(({ name }) => name);
		isOver ||= needed && results.some(({ name, failed }) => failed > 0 && names.includes(name));
	}
	const broken = results.filter(({ failed }) => failed > 0);
	print(`\n== Times, ${Math.round((performance.now() - beganAtMs) / 1000)} s in all`);
	for (const { name, seconds } of results) print(`${String(seconds).padStart(5)} s  ${name}`);
	const reasons = broken.map(({ name, reasons: lines }) => `\n== ${name}, what failed\n${lines.join('\n')}`).join('\n');
	print(reasons.slice(0, longestReasons));
	if (skipped.length > 0) print(`Not begun after that: ${skipped.join(', ')}`);
	if (broken.length > 0) print(`Not passed: ${broken.map(({ name }) => name).join(', ')}`);
	const sum = (of) => results.reduce((all, result) => all + of(result), 0);
	const failed = sum((result) => result.failed) + (broken.length === 0 ? skipped.length : 0);
	print(`${sum((result) => result.passed)} passed, ${failed} failed`);
	return failed === 0;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const folder = fileURLToPath(new URL('..', import.meta.url));
	const print = (text) => process.stdout.write(`${text}\n`);
	const isGood = await run(stagesOf(allStages, process.argv.slice(2)), { folder, print, ...limits });
	process.exit(isGood ? 0 : 1);
}
