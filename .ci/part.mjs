/** Runs one part of `.ci/run` as a group of processes of its own, so that all that it started can be ended with it. */
import { spawn } from 'node:child_process';
import { countsOf, reasonsOf } from './result.mjs';

const longestEndMs = 20_000;
const pause = async (ms) => await new Promise((resolve) => setTimeout(resolve, ms));

/** Whether anything of the group was there to get the signal; 0 only asks. */
const signalGroup = (pid, signal) => {
	try {
		return process.kill(-pid, signal);
	} catch {
		return false;
	}
};

/** A host stops by itself once its tests have ended, and removes its folder; what does not is ended. */
const endRest = async (pid) => {
	for (const signal of [0, 'SIGTERM', 'SIGKILL']) {
		signalGroup(pid, signal);
		for (let waitedMs = 0; signalGroup(pid, 0) && waitedMs < longestEndMs; waitedMs += 100) await pause(100);
	}
};

/**
 * Runs the command of a part for at most `limitSeconds`, then ends it. Resolves with `{ name, output, seconds, passed,
 * failed, reasons }`. `ending` is called with a function that ends the part at once.
 */
export const runPart = async ({ name, command: [program, ...words], env = {} }, { folder, limitSeconds, ending }) => {
	const beganAtMs = performance.now();
	const child = spawn(program, words, {
		cwd: folder,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text) => {
			output += text;
		});
	let isLate = false;
	let killing;
	const end = () => {
		signalGroup(child.pid, 'SIGTERM');
		killing = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), longestEndMs);
	};
	ending(end);
	const limit = setTimeout(() => {
		isLate = true;
		end();
	}, limitSeconds * 1000);
	// Not 'close': what it left behind may hold its output open, and must hold nothing up.
	const code = await new Promise((resolve) => {
		child.once('error', (error) => {
			output += `${error.message}\n`;
			resolve(1);
		});
		child.once('exit', (status) => resolve(status ?? 1));
	});
	clearTimeout(limit);
	clearTimeout(killing);
	if (child.pid !== undefined) await endRest(child.pid);
	// What it printed last may still be on its way.
	await pause(100);
	if (isLate) output += `${name} had not ended after ${Math.round(limitSeconds)} seconds.\n`;
	const hasPassed = code === 0 && !isLate;
	return {
		name,
		output,
		seconds: Math.round((performance.now() - beganAtMs) / 1000),
		...countsOf(output, hasPassed),
		reasons: hasPassed ? [] : reasonsOf(output),
	};
};
