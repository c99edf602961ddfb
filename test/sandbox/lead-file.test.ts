import { brokenLinesNotice, notAFile, openLeadFile } from '../../packages/sandbox/src/leadFile';
import type { Detail } from '../../packages/sandbox/src/view';
import { post, read, start, stopAll } from './calling';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';
let path = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
	path = join(folder, 'leads.jsonl');
});
afterEach(async () => {
	await stopAll();
	rmSync(folder, { recursive: true });
});

const lines = (): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

it('keeps leads for the next run, which goes on counting', async () => {
	const first = await start({ file: path });
	const answers = await Promise.all(Array.from({ length: 30 }, async () => (await post(first)).text));
	expect(lines().sort()).toEqual(answers.sort());
	await first.close();

	const second = await start({ file: path });
	expect(second.leads.map(({ leadNumber }) => leadNumber)).toEqual(first.leads.map(({ leadNumber }) => leadNumber));
	expect((await post(second)).json).toMatchObject({ leadNumber: 31 });
	expect([second.leadCount, lines().length]).toEqual([31, 31]);
});

it('has a lead in the file before its answer is out', async () => {
	const sandbox = await start({ file: path });
	const { text } = await post(sandbox);
	expect(lines()).toEqual([text]);
});

it('shows the leads of earlier runs on the page', async () => {
	await post(await start({ file: path }));
	await stopAll();
	const sandbox = await start({ file: path });
	await post(sandbox);
	const { rows } = (await read(await fetch(`${sandbox.origin}/rows.json`))).json as { rows: Detail[] };
	expect(rows.map(({ id, leadNumber }) => [id, leadNumber])).toEqual([
		['1', 2],
		['lead-1', 1],
	]);
	const detail = (await read(await fetch(`${sandbox.origin}/calls/lead-1`))).json as Detail;
	expect(detail).toMatchObject({
		name: 'Ahmed Soliman',
		request: null,
		notes: ['Kept from an earlier run.'],
		message: 'Lead 1 was created.',
	});
});

describe('a file with broken lines', () => {
	const rows: [name: string, broken: string][] = [
		['no JSON', 'hello'],
		['half a lead', '{"_id":"68a1e37a0aac6800'],
		['another object', '{"a":1}'],
		['null', 'null'],
		['a list', '[]'],
	];
	it.each(rows)('%s', async (_, broken) => {
		const { text } = await post(await start({ file: path }));
		await stopAll();
		appendFileSync(path, `${broken}\n\n`);
		const notices: string[] = [];
		const sandbox = await start({ file: path, onNotice: (notice) => notices.push(notice) });
		expect(notices).toEqual([`Line 2 of ${path} is not a lead, so it was left out. It is still in the file.`]);
		const second = (await post(sandbox)).text;
		expect([sandbox.leads.length, lines()]).toEqual([2, [text, broken, '', second]]);
	});

	it('whose last line was cut short does not swallow the next lead', async () => {
		writeFileSync(path, '{"_id":"68a1');
		const { text } = await post(await start({ file: path }));
		expect(lines()).toEqual(['{"_id":"68a1', text]);
	});

	it('many lines are named in one sentence', () => {
		expect(brokenLinesNotice('x', [1, 2, 3, 4, 5, 6, 7])).toBe(
			'Lines 1, 2, 3, 4, 5 and 2 more of x are not leads, so they were left out. They are still in the file.',
		);
	});
});

describe('a full disk', () => {
	/** The real file, but for the writes of which `fails` says so: they leave half of their text behind. */
	const failWrites = (fails: () => boolean): void => {
		const realOpen = files.open;
		jest.spyOn(files, 'open').mockImplementation(async (...args) => {
			const handle = await realOpen(...args);
			const realAppend = handle.appendFile.bind(handle);
			handle.appendFile = async (data) => {
				if (!fails()) return realAppend(data);
				await realAppend(String(data).slice(0, 40));
				throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
			};
			return handle;
		});
	};
	afterEach(() => void jest.restoreAllMocks());

	it('creates no lead, says so, and keeps the next one whole', async () => {
		let full = true;
		failWrites(() => full);
		const notices: string[] = [];
		const sandbox = await start({ file: path, onNotice: (notice) => notices.push(notice) });
		expect((await post(sandbox)).status).toBe(500);
		expect([sandbox.leads.length, sandbox.calls[0]?.leadNumber]).toEqual([0, null]);
		expect(notices).toEqual([
			'Lead 1 could not be written to the file (ENOSPC), so it was not created. The caller got a 500.',
		]);
		full = false;
		const { status, text } = await post(sandbox);
		expect([status, sandbox.leads.length, lines().at(-1)]).toEqual([201, 1, text]);
	});
});

it('keeps no leads in a device', async () => {
	await expect(openLeadFile('/dev/null')).rejects.toMatchObject({ code: notAFile });
});
