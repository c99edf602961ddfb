/**
 * `npm run simulate`: seeded runs of the product's own code in a world that misbehaves. One seed is one schedule, and the
 * same seed always the same run.
 *
 *   --seeds N --from S     runs N seeds, from S on
 *   --seed S [--trace]     one seed, with its story; --only 1,4: with these of its events
 *   --list 1,2,3           these seeds
 *   --planted              plants each fault and finds it within --seeds seeds; --name WORD chooses, --sample N takes some
 *   --focus JSON           all plans look at one part of the world: see test/simulation/worlds/focus.ts
 *   --coverage             says which branches of outbox, breaker, limiter and dedupe the seeds reach, and which they do not;
 *                          --redis N: with so many seeds of gateways over one Redis beside them
 *   --digests              says of each seed what its run comes to: the same seed is the same run
 *   --workers N            how many seeds at once
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { prepare, root } from '../build/prepare.mjs';

const bundlesUrl = new URL('../../test/simulation/bundles.mjs', import.meta.url);

/** A part of the seeds: stops at the first that breaks a rule where `first` is set. */
const work = async ({ texts, focus, seeds, first, digests }) => {
	const { load } = await import(bundlesUrl);
	const simulation = load(texts, focus);
	const found = { seeds: 0, leads: 0, requests: 0, steps: 0, broken: [], digests: [] };
	for (const seed of seeds) {
		const { violations, leads, requests, steps, digest } = await simulation.run(seed);
		if (digests) found.digests.push([seed, digest()]);
		found.seeds++;
		found.leads += leads;
		found.requests += requests;
		found.steps += steps;
		if (violations.length > 0) {
			found.broken.push({ seed, violations });
			// A long run that is cut short has told so much.
			process.stderr.write(`seed ${seed} breaks "${violations[0].rule}"\n`);
			if (first) break;
		}
	}
	return found;
};

if (!isMainThread) {
	parentPort.postMessage(await work(workerData));
	process.exit(0);
}

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: process.env.SIMULATION_SEEDS ?? '1000' },
		from: { type: 'string', default: '1' },
		seed: { type: 'string' },
		only: { type: 'string' },
		trace: { type: 'boolean', default: false },
		digests: { type: 'boolean', default: false },
		coverage: { type: 'boolean', default: false },
		redis: { type: 'string', default: '0' },
		plan: { type: 'boolean', default: false },
		planted: { type: 'boolean', default: false },
		name: { type: 'string' },
		list: { type: 'string' },
		focus: { type: 'string' },
		sample: { type: 'string' },
		workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
	},
});

// It runs the sources as they are: nothing needs to be built before.
if (!existsSync(join(root, 'node_modules', 'esbuild'))) prepare();
const { buildRedisText, buildTexts, load, loadRedis } = await import(bundlesUrl);
const say = (text) => process.stdout.write(`${text}\n`);
const [seeds, from, workers] = [Number(values.seeds), Number(values.from), Number(values.workers)];
const ownFocus = values.focus === undefined ? undefined : JSON.parse(values.focus);
const chosenSeeds = values.list?.split(',').map(Number) ?? Array.from({ length: seeds }, (_, at) => from + at);

/** Shares seeds out to workers, each of which takes every n-th. */
const runAll = async (texts, { first = false, focus = ownFocus } = {}) => {
	const parts = await Promise.all(
		Array.from({ length: workers }, async (_, at) => {
			const own = chosenSeeds.filter((_, index) => index % workers === at);
			const data = { texts, focus, seeds: own, first, digests: values.digests };
			if (workers === 1) return await work(data);
			return await new Promise((resolve, reject) => {
				const worker = new Worker(fileURLToPath(import.meta.url), { workerData: data });
				worker.once('message', resolve);
				worker.once('error', reject);
			});
		}),
	);
	const sum = (name) => parts.reduce((all, part) => all + part[name], 0);
	return {
		seeds: sum('seeds'),
		leads: sum('leads'),
		requests: sum('requests'),
		steps: sum('steps'),
		digests: parts.flatMap(({ digests }) => digests).sort(([one], [other]) => one - other),
		broken: parts.flatMap(({ broken }) => broken).sort((one, other) => one.seed - other.seed),
	};
};

/** The shortest way to a broken rule, and how to go it again. */
const tellShrunk = async (simulation, { seed, violations: [{ rule, says }] }) => {
	say(`\nSeed ${seed} breaks "${rule}": ${says}`);
	const { only, events, result } = await simulation.shrink(seed, rule);
	say(`The fewest events that do so:`);
	for (const { atMs, ...event } of events) say(`  ${String(atMs).padStart(8)} ms  ${JSON.stringify(event)}`);
	say(
		result
			.lines()
			.filter((line) => !/ {3}(?:get|iterate|stat|open|mkdir|readdir|write|put|del) /.test(line))
			.slice(-40)
			.join('\n'),
	);
	const focused = values.focus === undefined ? '' : ` --focus '${values.focus}'`;
	say(`To see it again: npm run simulate -- --seed ${seed} --only ${only.join(',')}${focused} --trace`);
};

const one = async (seed) => {
	const simulation = load(await buildTexts(), ownFocus);
	const only = values.only?.split(',').map(Number);
	const [result, again] = [await simulation.run(seed, only), await simulation.run(seed, only)];
	if (values.plan) say(JSON.stringify(simulation.planOf(seed), null, '\t'));
	if (values.trace) say(result.lines().join('\n'));
	for (const { rule, says } of result.violations) say(`broken: ${rule}: ${says}`);
	if (result.digest() !== again.digest()) say(`The same seed was two runs: ${result.digest()} and ${again.digest()}.`);
	say(`seed ${seed}: ${result.leads} leads, ${result.requests} requests, ${result.steps} steps, ${result.digest()}`);
	return result.violations.length === 0 && result.digest() === again.digest();
};

const many = async () => {
	const texts = await buildTexts();
	const begunAtMs = performance.now();
	const { broken, ...found } = await runAll(texts);
	for (const [seed, digest] of found.digests) say(`${seed} ${digest}`);
	const perSecond = (found.seeds * 1000) / (performance.now() - begunAtMs);
	const rules = new Map();
	for (const { seed, violations } of broken)
		for (const rule of new Set(violations.map((each) => each.rule)))
			rules.set(rule, [...(rules.get(rule) ?? []), seed]);
	for (const [rule, of] of rules) say(`${rule}: ${of.length} seeds: ${of.slice(0, 8).join(' ')}`);
	if (broken.length > 0) {
		const simulation = load(texts, ownFocus);
		for (const rule of [...rules.keys()].slice(0, 3))
			await tellShrunk(simulation, {
				...broken.find(({ violations }) => violations.some((each) => each.rule === rule)),
				violations: broken.flatMap(({ violations }) => violations).filter((each) => each.rule === rule),
			});
	}
	say(
		`${found.seeds} seeds, ${found.leads} leads, ${found.requests} requests, ${found.steps} steps, ${perSecond.toFixed(0)} a second: ${broken.length} broken.`,
	);
	return broken.length === 0;
};

/** Some of them: as many everywhere, and others for each `--from`. */
const sampleOf = (faults) => {
	const count = Math.min(Number(values.sample ?? faults.length), faults.length);
	return Array.from(
		{ length: count },
		(_, at) => faults[(from - 1 + Math.floor((at * faults.length) / count)) % faults.length],
	);
};

/** Whether every fault that is planted is found. */
const planted = async () => {
	const { faults } = await import(new URL('../../test/simulation/planted.mjs', import.meta.url));
	const chosen = sampleOf(faults.filter(({ name }) => values.name === undefined || name.includes(values.name)));
	const sound = await buildTexts();
	let missed = 0;
	for (const fault of chosen) {
		const { name, focus = ownFocus } = fault;
		let texts;
		try {
			texts = await buildTexts(fault);
		} catch (error) {
			missed++;
			say(`${name}: ${/does not apply[^\n]*/.exec(String(error))?.[0] ?? error}`);
			continue;
		}
		const { broken, seeds: tried } = await runAll(texts, { first: true, focus });
		const [first] = broken;
		if (first === undefined) {
			missed++;
			say(`${name}: NOT FOUND in ${tried} seeds`);
			continue;
		}
		const { seed, violations } = first;
		// A seed that breaks a rule without the fault shows nothing of it.
		const isOwn = (await load(sound, focus).run(seed)).violations.length === 0;
		if (!isOwn) missed++;
		say(
			`${name}: seed ${seed}, ${isOwn ? '' : 'WHICH BREAKS A RULE WITHOUT IT TOO: '}${violations[0].rule}: ${violations[0].says}`,
		);
	}
	say(`${chosen.length} faults planted, ${chosen.length - missed} found.`);
	return missed === 0;
};

/** Which branches the seeds reach; each that none does is told with its place. */
const coverage = async () => {
	const { coverageOf } = await import(new URL('../../test/simulation/coverage.mjs', import.meta.url));
	const texts = { ...(await buildTexts(undefined, true)), redis: await buildRedisText() };
	const redisSeeds = Array.from({ length: Number(values.redis) }, (_, at) => from + at);
	const branches = await coverageOf(texts, async () => {
		await work({ texts, focus: ownFocus, seeds: chosenSeeds, first: false, digests: false });
		const redis = redisSeeds.length === 0 ? undefined : loadRedis(texts);
		for (const seed of redisSeeds) {
			const { violations } = await redis.run(seed);
			if (violations.length > 0) process.stderr.write(`seed ${seed} on Redis breaks "${violations[0]}"\n`);
		}
	});
	const files = new Map();
	for (const [name, count] of branches) {
		const file = name.slice(0, name.indexOf(':'));
		const { all, reached } = files.get(file) ?? { all: 0, reached: 0 };
		files.set(file, { all: all + 1, reached: reached + (count > 0 ? 1 : 0) });
		if (count <= 0) say(`not reached: ${name}`);
	}
	const percent = ({ all, reached }) => `${((100 * reached) / all).toFixed(1)} % (${reached} of ${all})`;
	for (const [file, of] of [...files].sort()) say(`${file}: ${percent(of)}`);
	const sum = (name) => [...files.values()].reduce((total, of) => total + of[name], 0);
	say(`branches reached by ${chosenSeeds.length} seeds: ${percent({ all: sum('all'), reached: sum('reached') })}`);
	return true;
};

const isGood =
	values.seed !== undefined
		? await one(Number(values.seed))
		: values.planted
			? await planted()
			: values.coverage
				? await coverage()
				: await many();
process.exit(isGood ? 0 : 1);
