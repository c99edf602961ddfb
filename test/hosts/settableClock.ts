import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The time of a process that a test starts with `env`, set while it runs as an operator or NTP would. Timers go on as they do then. */
export interface SettableClock {
	readonly env: Readonly<Record<string, string>>;
	/** Sets the time `byMs` further than the real one; behind it where that is negative. */
	readonly set: (byMs: number) => void;
	readonly close: () => void;
}

/** Loaded before the program: what tells the time of day is shifted, what only goes forward is left alone. */
const preload = `
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const RealDate = Date;
const realNow = Date.now;
let [offsetMs, readAtMs] = [0, -Infinity];
const now = () => {
	if (performance.now() - readAtMs > 10) {
		readAtMs = performance.now();
		try { offsetMs = Number(readFileSync(process.env.CLOCK_FILE, 'utf8')); } catch {}
	}
	return realNow() + offsetMs;
};
globalThis.Date = class Date extends RealDate {
	constructor(...given) { if (given.length === 0) super(now()); else super(...given); }
	static now() { return now(); }
};
`;

export const settableClock = (): SettableClock => {
	const folder = mkdtempSync(join(tmpdir(), 'icloud-ready-clock-'));
	const [file, script] = [join(folder, 'offset'), join(folder, 'clock.cjs')];
	const set = (byMs: number): void => {
		// Renamed into its place, so that nobody reads half of it.
		writeFileSync(`${file}.new`, String(byMs));
		renameSync(`${file}.new`, file);
	};
	set(0);
	writeFileSync(script, preload);
	return {
		env: { NODE_OPTIONS: `--require ${script}`, CLOCK_FILE: file },
		set,
		close: () => rmSync(folder, { recursive: true, force: true }),
	};
};

export const hourMs = 3_600_000;
export const yearMs = 365 * 24 * hourMs;
