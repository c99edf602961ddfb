import { keptLeads } from './bounds';
import type { LeadBody } from './leadBody';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import * as z from 'zod/v4';

/** The leads that a file held when it was opened, oldest first; of very many only the newest. */
export interface EarlierLeads {
	readonly leads: readonly { readonly lead: LeadBody; readonly characters: number }[];
	readonly count: number;
	readonly lastNumber: number;
	/** Numbers of the lines that are no leads, from 1. */
	readonly brokenLines: readonly number[];
}

export const noEarlierLeads: EarlierLeads = { leads: [], count: 0, lastNumber: 0, brokenLines: [] };

/** A file with one lead as JSON on each line. */
export interface LeadFile {
	readonly earlier: EarlierLeads;
	/** Resolves once the line is in the file; rejects with the file system's error when it is not. */
	append(json: string): Promise<void>;
	close(): Promise<void>;
}

/** What the sandbox itself asks of a lead that it once created; all else is given back as it stands. */
const keptLead = z.looseObject({ _id: z.string(), leadNumber: z.int(), leadInformation: z.looseObject({}) });

function readLine(line: string): LeadBody | null {
	try {
		const value: unknown = JSON.parse(line);
		return keptLead.safeParse(value).success ? (value as LeadBody) : null;
	} catch {
		return null;
	}
}

async function readLeads(path: string): Promise<EarlierLeads> {
	const leads: { lead: LeadBody; characters: number }[] = [];
	const brokenLines: number[] = [];
	let count = 0;
	let lastNumber = 0;
	let lineNumber = 0;
	for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
		lineNumber += 1;
		const text = line.replace(/^\uFEFF/, '').trim();
		if (text === '') continue;
		const lead = readLine(text);
		if (lead === null) {
			brokenLines.push(lineNumber);
			continue;
		}
		count += 1;
		lastNumber = Math.max(lastNumber, lead.leadNumber);
		leads.push({ lead, characters: text.length });
		if (leads.length > 2 * keptLeads) leads.splice(0, keptLeads);
	}
	return { leads: leads.slice(-keptLeads), count, lastNumber, brokenLines };
}

async function endsInsideALine(handle: FileHandle): Promise<boolean> {
	const { size } = await handle.stat();
	if (size === 0) return false;
	const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
	return buffer[0] !== 0x0a;
}

/**
 * Appends lines one write at a time; those that come during a write go together in the next. `midLine`: what is there
 * does not end with a line break.
 */
function createLineWriter(write: (text: string) => Promise<void>, midLine: boolean) {
	let unfinished = midLine;
	let waiting = '';
	let nextWrite: Promise<void> | null = null;
	let lastWrite: Promise<void> = Promise.resolve();

	const writeWaiting = async (): Promise<void> => {
		// A line that was cut short, by a power failure or a full disk, must not swallow the next lead.
		const text = (unfinished ? '\n' : '') + waiting;
		waiting = '';
		nextWrite = null;
		unfinished = true;
		await write(text);
		unfinished = false;
	};

	return {
		append(line: string): Promise<void> {
			waiting += `${line}\n`;
			if (nextWrite === null) {
				nextWrite = lastWrite.then(writeWaiting);
				lastWrite = nextWrite.catch(() => undefined);
			}
			return nextWrite;
		},
		settled: (): Promise<void> => lastWrite,
	};
}

/** The error code for a path that is a device or a pipe. */
export const notAFile = 'NOT_A_FILE';

/** Opens or creates the file and reads what it holds. Rejects with an error that has a `code` when it cannot be used. */
export async function openLeadFile(path: string): Promise<LeadFile> {
	const handle = await open(path, 'a+');
	try {
		if (!(await handle.stat()).isFile()) throw Object.assign(new Error('Not a file'), { code: notAFile });
		const earlier = await readLeads(path);
		const writer = createLineWriter((text) => handle.appendFile(text), await endsInsideALine(handle));
		return {
			earlier,
			append: writer.append,
			async close() {
				await writer.settled();
				await handle.close();
			},
		};
	} catch (error) {
		await handle.close();
		throw error;
	}
}

/** The sentence about lines that could not be read, or null. */
export function brokenLinesNotice(path: string, brokenLines: readonly number[]): string | null {
	if (brokenLines.length === 0) return null;
	if (brokenLines.length === 1)
		return `Line ${brokenLines[0]} of ${path} is not a lead, so it was left out. It is still in the file.`;
	const shown =
		brokenLines.slice(0, 5).join(', ') + (brokenLines.length > 5 ? ` and ${brokenLines.length - 5} more` : '');
	return `Lines ${shown} of ${path} are not leads, so they were left out. They are still in the file.`;
}
