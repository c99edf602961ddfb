import { createLruMap, oldestKeysOf } from '../../leads/lruMap';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A lead that left here. */
export interface SentLead {
	/** Its id with its account. */
	readonly jobKey: string;
	/** The how many-th it was in its epoch. */
	readonly count: number;
	/** Its idempotency key, as a hash. */
	readonly key?: string;
}

/** What this gateway itself remembers of leads in Redis, in a file of its own. */
export interface SentJournal {
	/** The copy of Redis that is known; undefined: none yet. */
	readonly epoch: () => string | undefined;
	/** How many leads had left in it, as far as this gateway knows. */
	readonly count: () => number;
	readonly left: (lead: SentLead) => void;
	/** It was surely not created, and may leave again. */
	readonly back: (jobKey: string) => void;
	/** Leads that left and are not back, the latest only. */
	readonly sent: () => readonly SentLead[];
	/** The lead that left with this idempotency key. */
	readonly byKey: (key: string) => SentLead | undefined;
	/** From here on this copy is known; `damaged`: so many leads more are not as they were. */
	readonly adopt: (epoch: string, count: number, damaged: number) => void;
	/** What was found and no person has seen. */
	readonly damaged: () => number;
	readonly seen: () => void;
}

/** Days of a small gateway, an hour of a busy one; about 20 MB of memory and of disk. */
const mostSent = 100_000;
/**
 * A file holds no more lines than so many times that; then the next one is begun, and there are two at most. To write it anew
 * would take half a second, in which no lead is taken or sent.
 */
const linesForEach = 2;

const lead = /^l (\d{1,15}) ([\w~.-]{1,200}) ([\w:+/=-]{1,200})$/;
const back = /^b ([\w~.-]{1,200})$/;
const epochLine = /^e (\d{1,15}) (\d{1,15}) (\S{1,500})$/;
/** The first line of a file that says all: whatever stands in an earlier one is told in it. */
const wholeLine = 'w';

const textOf = (path: string): string => {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
		throw error;
	}
};

/**
 * Opens the journal of one Redis, named `name`. A line that nobody can read is none. Throws where the folder cannot be used. `most`:
 * so many leads are remembered.
 */
export const openSentJournal = (
	folder: string,
	name: string,
	onFault: (error: unknown) => void,
	most = mostSent,
): SentJournal => {
	const path = join(folder, `${name}.log`);
	const earlierPath = join(folder, `${name}.earlier.log`);
	mkdirSync(folder, { recursive: true });
	const keys = createLruMap<string>(most);
	const sent = new Map<string, SentLead>();
	const nextOldest = oldestKeysOf(sent);
	let known: string | undefined;
	let count = 0;
	let damaged = 0;
	let lines = 0;

	const put = (one: SentLead): void => {
		sent.delete(one.jobKey);
		sent.set(one.jobKey, one);
		if (one.key !== undefined) keys.set(one.key, one.jobKey);
		count = Math.max(count, one.count);
		const oldest = sent.size > most ? nextOldest() : undefined;
		if (oldest !== undefined) sent.delete(oldest);
	};
	const read = (line: string): void => {
		const [, number, jobKey = '', key = ''] = lead.exec(line) ?? [];
		if (number !== undefined) return put({ jobKey, count: Number(number), ...(key === '-' ? {} : { key }) });
		const [, gone] = back.exec(line) ?? [];
		if (gone !== undefined) return void sent.delete(gone);
		const [, at, found, epoch] = epochLine.exec(line) ?? [];
		if (epoch === undefined) return;
		[known, count, damaged] = [epoch, Number(at), Number(found)];
	};
	const leadLine = ({ count: at, jobKey, key }: SentLead): string => `l ${at} ${jobKey} ${key ?? '-'}`;
	const epochText = (): string => `e ${count} ${damaged} ${known ?? ''}`;
	const rewrite = (): void => {
		// What is known of the copy comes last: the counts of leads before it are not counted in it.
		const all = [wholeLine, ...[...sent.values()].map(leadLine), ...(known === undefined ? [] : [epochText()])];
		writeFileSync(`${path}.new`, all.map((line) => `${line}\n`).join(''), { mode: 0o600 });
		renameSync(`${path}.new`, path);
		rmSync(earlierPath, { force: true });
		lines = all.length;
	};
	const beginNext = (): void => {
		renameSync(path, earlierPath);
		lines = 0;
		if (known !== undefined) append(epochText());
	};
	// Not waited for to be safe: what is lost with the power of this machine is no older copy of Redis.
	const append = (line: string): void => {
		try {
			appendFileSync(path, `${line}\n`, { mode: 0o600 });
			if (++lines > linesForEach * most) beginNext();
		} catch (error) {
			onFault(error);
		}
	};
	const text = textOf(path);
	for (const each of text.startsWith(`${wholeLine}\n`) ? [text] : [textOf(earlierPath), text])
		for (const line of each.split('\n')) read(line);
	rewrite();
	return {
		epoch: () => known,
		count: () => count,
		left: (one) => {
			put(one);
			append(leadLine(one));
		},
		back: (jobKey) => {
			if (sent.delete(jobKey)) append(`b ${jobKey}`);
		},
		sent: () => [...sent.values()],
		byKey: (key) => sent.get(keys.get(key) ?? ''),
		adopt: (epoch, at, found) => {
			[known, count, damaged] = [epoch, at, damaged + found];
			for (const [name, one] of [...sent]) sent.set(name, { ...one, count: Math.min(at, one.count) });
			try {
				rewrite();
			} catch (error) {
				onFault(error);
			}
		},
		damaged: () => damaged,
		seen: () => {
			damaged = 0;
			if (known !== undefined) append(epochText());
		},
	};
};
