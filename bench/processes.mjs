/** What a running process has used, as Linux tells it. */
import { readFileSync, writeFileSync } from 'node:fs';

const statusMb = (pid, name) =>
	Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;

export const rssMb = (pid) => statusMb(pid, 'VmRSS');

/** The most memory since the start, or since `forgetPeak`. */
export const peakMb = (pid) => statusMb(pid, 'VmHWM');

export const forgetPeak = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5');

const ticksPerSecond = 100;

/** Seconds of a processor that it has used so far, all its threads together. */
export const cpuSeconds = (pid) => {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};
