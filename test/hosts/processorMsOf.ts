import { readFileSync } from 'node:fs';

/** Processor time that another process has taken since it was started, in ms; Linux. */
export const processorMsOf = (pid: number): number => {
	// Behind the name in brackets; a hundred ticks a second.
	const [, ...ticks] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ');
	return (Number(ticks[10]) + Number(ticks[11])) * 10;
};
