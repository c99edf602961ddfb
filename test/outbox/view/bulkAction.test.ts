import type { Asked } from '../../../packages/outbox/src/view/asked';
import { runBulkAction, chooseAll, type BulkProgress } from '../../../packages/outbox/src/view/bulkAction';
import { bulkPartSize } from '../../../packages/outbox/src/view/limits';
import { listWords } from '../../../packages/outbox/src/view/listWords';
import { bulkActionOf } from '../../../packages/outbox/src/view/bulkActionBody';
import { type ChosenLead, bulkChoices } from '../../../packages/outbox/src/view/bulkChoices';
import { bulkQuestion } from '../../../packages/outbox/src/view/bulkQuestion';

const leads = (outcomes: readonly (string | null)[]): readonly ChosenLead[] =>
	outcomes.map((outcome, at) => ({ id: String(at), outcome }));
const questionsOf = (list: 'waiting' | 'unconfirmed' | 'ended', chosen: readonly ChosenLead[]): readonly string[] =>
	bulkChoices(list, chosen).map((choice) => bulkQuestion(choice, listWords.en, String));

test('many unconfirmed leads offer what one offers, and each question says how many may exist', () => {
	expect(questionsOf('unconfirmed', leads(['unconfirmed', 'unconfirmed', null]))).toEqual([
		'Mark 3 leads as being in iCloud-Ready? Marked leads are not sent again.',
		'Send 3 leads again? Perhaps in iCloud-Ready: 3. Sending those again may create duplicates. Have you looked for them there and not found them?',
		'Discard 3 leads? Discarded leads are not sent. Sent, and perhaps in iCloud-Ready: 3. Discarding those changes nothing there.',
	]);
});

test('ended leads of several kinds: one question with what may happen to which', () => {
	expect(questionsOf('ended', leads(['created', 'invalid', 'unconfirmed', 'failed']))).toEqual([
		'Send 4 leads again? Already in iCloud-Ready: 1. Sending those again will create duplicates. Perhaps in iCloud-Ready: 1. Sending those again may create duplicates. Have you looked for them there and not found them? Not created: 2.',
	]);
});

test('one that was corrected offers nothing, and is not counted', () => {
	const [first, ...rest] = leads(['invalid', 'invalid']);
	const [choice] = bulkChoices('ended', [{ ...(first as ChosenLead), isCorrected: true }, ...rest]);
	expect(choice?.ids).toEqual(['1']);
	expect(bulkChoices('waiting', leads([null]))).toEqual([{ action: 'discard', ids: ['0'], questions: { discard: 1 } }]);
});

/** A server that each lead is acted on at, by the name of the act; some requests get no answer, before or after they are done. */
const server = (fates: readonly ('lost' | 'done and lost')[]) => {
	const done = new Map<string, number>();
	const names = new Set<string>();
	let asked = 0;
	const act = async ({ ids, bulkId }: { ids: readonly string[]; bulkId: string }): Promise<Asked<number>> => {
		const fate = fates[asked++];
		if (fate === 'lost') return await Promise.resolve({ kind: 'problem', message: 'No answer.' });
		for (const id of ids) if (!names.has(`${bulkId} ${id}`)) done.set(id, (done.get(id) ?? 0) + 1);
		for (const id of ids) names.add(`${bulkId} ${id}`);
		return fate === undefined ? { kind: 'answer', answer: ids.length } : { kind: 'problem', message: 'No answer.' };
	};
	return { act, done, asked: () => asked };
};
const ids = Array.from({ length: bulkPartSize * 2 + 7 }, (_, at) => String(at));
const run = async (
	{ act }: ReturnType<typeof server>,
	isStopped: () => boolean = () => false,
): Promise<{
	readonly end: BulkProgress;
	readonly told: readonly BulkProgress[];
	readonly slept: readonly number[];
}> => {
	const [told, slept]: [BulkProgress[], number[]] = [[], []];
	const end = await runBulkAction({
		action: 'retry',
		ids,
		bulkId: 'the name of an act',
		act,
		sleep: async (ms) => await Promise.resolve(void slept.push(ms)),
		onProgress: (progress) => told.push(progress),
		isStopped,
	});
	return { end, told, slept };
};

test('parts come one after the other, and tell how far it is', async () => {
	const { end, told } = await run(server([]));
	expect(end).toEqual({ total: ids.length, done: ids.length, missed: 0 });
	expect(told.map(({ done }) => done)).toEqual([0, bulkPartSize, bulkPartSize * 2, ids.length]);
});

test('a part without an answer is asked for again, and each lead is done once', async () => {
	const stand = server(['lost', 'done and lost', 'lost']);
	const { end, told, slept } = await run(stand);
	expect([end.done, [...stand.done.values()].every((times) => times === 1), stand.done.size]).toEqual([
		ids.length,
		true,
		ids.length,
	]);
	expect([told.filter(({ problem }) => problem !== undefined).length, slept]).toEqual([3, [500, 1000, 2000]]);
});

test('a person stops it: the rest is as it was', async () => {
	const stand = server([]);
	const { end } = await run(stand, () => stand.asked() === 1);
	expect(end).toEqual({ total: ids.length, done: bulkPartSize, missed: 0 });
});

test.each<[name: string, fates: readonly ('lost' | 'done and lost')[], unsure: object]>([
	['before anything was asked for', [], {}],
	['while there is no answer', ['lost'], { problem: 'No answer.', unsure: bulkPartSize }],
	['after the server did it and died', ['done and lost'], { problem: 'No answer.', unsure: bulkPartSize }],
])('a person stops it %s', async (_, fates, unsure) => {
	const stand = server(fates);
	const { end } = await run(stand, () => stand.asked() === fates.length);
	expect(end).toEqual({ total: ids.length, done: 0, missed: 0, ...unsure });
});

test('all that are found are chosen, page by page, each once', async () => {
	const pages = [['a', 'b'], ['b', 'c'], ['d']];
	const counts: number[] = [];
	const got = await chooseAll(
		async (after) => {
			const at = Number(after ?? 0);
			const next = at + 1 < pages.length ? { next: String(at + 1) } : {};
			const found = (pages[at] ?? []).map((id) => ({ id, outcome: null }));
			return await Promise.resolve({ kind: 'answer', answer: { leads: found, ...next } });
		},
		(count) => counts.push(count),
		() => false,
	);
	expect([got.kind === 'answer' && got.answer.map(({ id }) => id), counts]).toEqual([
		['a', 'b', 'c', 'd'],
		[2, 3, 4],
	]);
});

test.each<[name: string, body: unknown]>([
	['no name', { action: 'retry', ids: ['a'] }],
	['a short name', { action: 'retry', ids: ['a'], bulkId: 'x' }],
	['no leads', { action: 'retry', ids: [], bulkId: 'x'.repeat(32) }],
	['too many', { action: 'retry', ids: Array.from({ length: bulkPartSize + 1 }, String), bulkId: 'x'.repeat(32) }],
	['another action', { action: 'delete', ids: ['a'], bulkId: 'x'.repeat(32) }],
	['nothing', null],
])('%s is no bulk action', (_name, body) => {
	expect(bulkActionOf(body)).toBeUndefined();
});
