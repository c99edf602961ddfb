/** What a process holds, looked at again and again: memory and open files (connections among them). Linux tells both. */
import { readdirSync, readFileSync } from 'node:fs';

const everyMs = 2_000;

const look = (pid) => ({
	atMs: Date.now(),
	rssMb: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
	handles: readdirSync(`/proc/${pid}/fd`).length,
});

/** By how much a value grows in a minute, by least squares. */
const perMinute = (points, name) => {
	const meanX = points.reduce((sum, { atMs }) => sum + atMs, 0) / points.length;
	const meanY = points.reduce((sum, each) => sum + each[name], 0) / points.length;
	const over = points.reduce((sum, each) => sum + (each.atMs - meanX) * (each[name] - meanY), 0);
	const under = points.reduce((sum, { atMs }) => sum + (atMs - meanX) ** 2, 0);
	return under === 0 ? 0 : (over / under) * 60_000;
};

/** Watches a process. `stop` gives first and last values, and the slope of the second half, when all has warmed up. */
export const watch = (pid) => {
	const points = [look(pid)];
	const timer = setInterval(() => {
		points.push(look(pid));
		if (points.length % 15 === 0)
			console.error(
				`${Math.round((points.at(-1).atMs - points[0].atMs) / 1000)} s: ${Math.round(points.at(-1).rssMb)} MB, ${points.at(-1).handles} open files`,
			);
	}, everyMs);
	return () => {
		clearInterval(timer);
		points.push(look(pid));
		const late = points.slice(Math.floor(points.length / 2));
		const [first, last] = [points[0], points.at(-1)];
		return {
			firstMb: first.rssMb,
			lastMb: last.rssMb,
			mbPerMinute: perMinute(late, 'rssMb'),
			firstHandles: first.handles,
			lastHandles: last.handles,
			handlesPerMinute: perMinute(late, 'handles'),
		};
	};
};
