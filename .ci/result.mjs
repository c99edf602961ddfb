/** What came of a part, read off what it printed. Pure. */

const plain = (output) => output.replaceAll(/\x1b\[[0-9;]*m/g, '');

const countOf = (line, word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);

/**
 * How many checks passed and failed: a suite counts each of its tests, or once where it ended before it could count them;
 * anything else counts once. A part that failed has at least one that failed.
 */
export const countsOf = (output, hasPassed) => {
	const tests = plain(output)
		.split('\n')
		.findLast((line) => line.startsWith('Tests: '));
	const [passed, failed] = [countOf(tests ?? '', 'passed'), countOf(tests ?? '', 'failed')];
	if (hasPassed) return { passed: tests === undefined ? 1 : passed, failed };
	return { passed, failed: Math.max(1, failed) };
};

const linesOfEach = 14;
const lastLines = 25;

/** Why a part failed: each failed test with the lines that say why, or the end of an output that names no test. */
export const reasonsOf = (output) => {
	const [before] = plain(output).split(/^Summary of all failing tests$/m);
	const lines = before.split('\n').filter((line) => line.trim() !== '');
	let left = 0;
	const reasons = lines.filter((line) => {
		if (line.startsWith('  ● ')) left = linesOfEach;
		return line.startsWith('FAIL ') || left-- > 0;
	});
	return reasons.some((line) => line.startsWith('  ● '))
		? reasons
		: plain(output).trimEnd().split('\n').slice(-lastLines);
};
