import { sleep } from 'n8n-workflow';

/** n8n's other executions and its editor wait no longer than this while forms are read. */
const sliceMs = 5;

/** To be asked between pieces of work: waits until everything else had its turn where a slice of time is over. */
export const timeSlices = (
	nowMs: () => number = () => performance.now(),
	giveWay: () => Promise<void> = async () => await sleep(0),
): (() => Promise<void> | undefined) => {
	let begunAtMs = nowMs();
	return () => {
		if (nowMs() - begunAtMs < sliceMs) return undefined;
		return giveWay().then(() => {
			begunAtMs = nowMs();
		});
	};
};
