import type { Program } from '../host/process';
import type { Random } from '../kernel/random';
import type { Scheduler } from '../kernel/scheduler';

/** What an operation of a disk meets: `applied` fails although it was done. */
export type Fate = 'works' | 'fails' | 'applied';

export interface Operation {
	readonly type: 'put' | 'del';
	readonly key: string;
	readonly value?: string;
}

/** A spell in which operations of a kind go wrong. `hangs`: what is begun in it is done, or fails, when it is over. */
export interface DiskSpell {
	readonly what: 'write' | 'read' | 'open';
	readonly fate: Exclude<Fate, 'works'> | 'hangs';
	/** Of so many operations. */
	readonly share: number;
	/** A file takes half of what is written to it, and says so. */
	readonly isPartial?: boolean;
	/** What the system says of it. @default that it is full */
	readonly says?: 'full' | 'readOnly' | 'noPermission';
	readonly untilMs: number;
}

export interface Folder {
	readonly place: number;
	readonly files: Map<string, string>;
	/** Which file each is, whatever its name; of those that were asked for. */
	readonly inodes: Map<string, number>;
	/** Its database does not open: a repair brings it back, or nothing does. */
	ruin?: 'mendable' | 'beyond' | undefined;
	/** Undefined where no database was begun. */
	data: Map<string, string> | undefined;
	/** What cannot be read of it. */
	readonly broken: Set<string>;
	lockedBy: Program | undefined;
	/** How to take back what was said to be on disk and is not, the newest last. */
	unsynced: { readonly undo: readonly Operation[]; readonly keys: readonly string[] }[];
}

/** The disk of a machine: it outlives its programs. */
export interface Disk {
	readonly folder: (path: string) => Folder | undefined;
	readonly make: (path: string) => Folder;
	/** Which file this is. */
	readonly inodeOf: (folder: Folder, name: string) => number;
	readonly rename: (from: string, to: string) => void;
	readonly remove: (path: string) => void;
	readonly copy: (from: string, to: string) => void;
	readonly paths: () => readonly string[];
	readonly spell: (spell: DiskSpell) => void;
	/** Writes are said to be safe and are not, until then. */
	readonly lieUntil: (untilMs: number) => void;
	/** What was not safe is gone; gives the keys of it. */
	readonly powerCut: () => readonly string[];
	readonly heal: () => void;
	/** Whether files take half of what is written to them now. */
	readonly isPartial: () => boolean;
	/** Does something to a folder after a while, as the disk is just then. */
	readonly operate: <Result>(
		program: Program,
		what: DiskSpell['what'],
		name: string,
		work: () => Result,
		operations?: readonly Operation[],
	) => Promise<Result>;
	readonly apply: (folder: Folder, operations: readonly Operation[]) => void;
	/** Called before each operation of a program; it may end it. */
	onOperation: (program: Program, name: string) => void;
	/** Called with what was written although its write was reported as failed, or what belongs to it failed after it. */
	onApplied: (operations: readonly Operation[]) => void;
}

const words = {
	full: 'No space left on device',
	readOnly: 'Read-only file system',
	noPermission: 'Permission denied',
} as const;
const failure = (says: NonNullable<DiskSpell['says']>): Error =>
	Object.assign(new Error(`IO error: ${words[says]}`), { code: 'LEVEL_IO_ERROR' });

export const createDisk = (scheduler: Scheduler, random: Random): Disk => {
	const folders = new Map<string, Folder>();
	let spells: DiskSpell[] = [];
	let liesUntilMs = Number.NEGATIVE_INFINITY;
	let places = 0;
	/** What was done last in each program's database: a journal that fails after it makes all of that a failed write. */
	const lastDone = new Map<Program, readonly Operation[]>();
	/** Programs that ended in the middle of a write. */
	const cutOff = new Set<Program>();
	/** Writes of one program are done one after the other. */
	const busyUntilMs = new Map<Program, number>();

	const fateOf = (what: DiskSpell['what']): Pick<DiskSpell, 'says'> & { readonly fate: Fate } => {
		const nowMs = scheduler.nowMs();
		for (const { fate, says, untilMs, share, ...spell } of spells)
			if (spell.what === what && fate !== 'hangs' && nowMs < untilMs && random.chance(share)) return { fate, says };
		return { fate: 'works' };
	};
	/** Until when an operation that begins now does not come back. */
	const hangsUntilMs = (what: DiskSpell['what']): number =>
		spells.reduce(
			(latestMs, spell) =>
				spell.fate === 'hangs' && spell.what === what ? Math.max(latestMs, spell.untilMs) : latestMs,
			0,
		);

	const disk: Disk = {
		folder: (path) => folders.get(path),
		make: (path) => {
			const made = folders.get(path) ?? {
				place: ++places,
				files: new Map<string, string>(),
				inodes: new Map<string, number>(),
				data: undefined,
				broken: new Set<string>(),
				lockedBy: undefined,
				unsynced: [],
			};
			folders.set(path, made);
			return made;
		},
		inodeOf: ({ inodes }, name) => {
			const inode = inodes.get(name) ?? ++places;
			inodes.set(name, inode);
			return inode;
		},
		rename: (from, to) => {
			const folder = folders.get(from);
			if (folder === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
			folders.delete(from);
			folders.set(to, folder);
		},
		remove: (path) => {
			folders.delete(path);
		},
		copy: (from, to) => {
			const { files, data, broken, ruin } = disk.make(from);
			const made = disk.make(to);
			made.ruin = ruin;
			for (const [name, text] of files) made.files.set(name, text);
			made.data = data === undefined ? undefined : new Map(data);
			for (const key of broken) made.broken.add(key);
		},
		paths: () => [...folders.keys()],
		spell: (spell) => {
			spells.push(spell);
		},
		lieUntil: (untilMs) => {
			liesUntilMs = untilMs;
		},
		powerCut: () => {
			const lost: string[] = [];
			for (const folder of folders.values()) {
				// A log is written in order: what is missing is its end.
				const missing = random.int(0, folder.unsynced.length);
				for (const { undo, keys } of folder.unsynced.splice(folder.unsynced.length - missing).reverse()) {
					for (const { type, key, value = '' } of undo)
						if (type === 'put') folder.data?.set(key, value);
						else folder.data?.delete(key);
					lost.push(...keys);
				}
				folder.unsynced = [];
			}
			return lost;
		},
		heal: () => {
			spells = [];
			liesUntilMs = Number.NEGATIVE_INFINITY;
		},
		isPartial: () => spells.some((spell) => spell.isPartial === true && scheduler.nowMs() < spell.untilMs),
		operate: async (program, what, name, work, operations = []) => {
			disk.onOperation(program, name);
			return await new Promise((resolve, reject) => {
				if (!program.isAlive()) return;
				const nowMs = scheduler.nowMs();
				const tookMs = random.chance(0.5) ? 0 : random.int(0, random.chance(0.1) ? 400 : 4);
				const doneAtMs = Math.max(nowMs + tookMs, hangsUntilMs(what));
				const atMs = what === 'write' ? Math.max(doneAtMs, busyUntilMs.get(program) ?? 0) : doneAtMs;
				if (what === 'write') busyUntilMs.set(program, atMs);
				// What is under way when its program ends is done by then, or never: the next one finds it so.
				const endsWithIt =
					what === 'write'
						? program.onKill(() => {
								// Writes are done in order: behind the first that was not, none was.
								if (!cutOff.has(program) && random.chance(0.5)) work();
								else cutOff.add(program);
							})
						: undefined;
				scheduler.after(atMs - nowMs, () => {
					endsWithIt?.();
					if (!program.isAlive()) return;
					const { fate, says = 'full' } = fateOf(what);
					if (fate !== 'works' && operations.length === 0) disk.onApplied(lastDone.get(program) ?? []);
					if (fate === 'fails') {
						reject(failure(says));
						return;
					}
					try {
						const result = work();
						if (fate === 'applied') {
							disk.onApplied(operations);
							reject(failure(says));
						} else {
							if (operations.length > 0) lastDone.set(program, operations);
							resolve(result);
						}
					} catch (error) {
						reject(error as Error);
					}
				});
			});
		},
		apply: (folder, operations) => {
			const { data } = folder;
			if (data === undefined) return;
			const undo: Operation[] = [];
			for (const { type, key, value = '' } of operations) {
				const before = data.get(key);
				undo.unshift(before === undefined ? { type: 'del', key } : { type: 'put', key, value: before });
				folder.broken.delete(key);
				if (type === 'put') data.set(key, value);
				else data.delete(key);
			}
			if (scheduler.nowMs() < liesUntilMs) folder.unsynced.push({ undo, keys: operations.map(({ key }) => key) });
			else folder.unsynced = [];
		},
		onOperation: () => undefined,
		onApplied: () => undefined,
	};
	return disk;
};
