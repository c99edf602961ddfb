import type { Asked } from '../../../packages/outbox/src/view/asked';
import { type CorrectionAnswer, createCorrecting, issuesBeside } from '../../../packages/outbox/src/view/correcting';
import fc from '../../fixtures/fastCheck';

const settled = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));
const answered = (message: string, done = false): Asked<CorrectionAnswer> => ({
	kind: 'answer',
	answer: { done, issues: message === '' ? [] : [{ name: 'phone', message }], warnings: [] },
});

const step = fc.oneof(
	fc.record({ does: fc.constantFrom('check', 'send') }),
	fc.record({ does: fc.constant('answer'), which: fc.nat(9) }),
);

test('whatever is typed and whenever answers come: nothing is shown that a later check or sending has overtaken', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
			const open: { readonly number: number; readonly answer: (got: Asked<CorrectionAnswer>) => void }[] = [];
			const shown: number[] = [];
			const sendings = new Set<number>();
			let [asked, typed] = [0, 0];
			const ask = async (): Promise<Asked<CorrectionAnswer>> =>
				await new Promise((answer) => open.push({ number: asked, answer }));
			const correcting = createCorrecting({
				values: () => ({ phone: String(++typed) }),
				check: async () => {
					asked++;
					return await ask();
				},
				send: async () => {
					sendings.add(++asked);
					return await ask();
				},
				show: ({ issues }) => void shown.push(Number(issues[0]?.message)),
				say: () => undefined,
				onSent: () => undefined,
			});
			for (const each of steps) {
				if (each.does === 'check') void correcting.check();
				else if (each.does === 'send') void correcting.send();
				else if ('which' in each && open.length > 0) {
					const [one] = open.splice(each.which % open.length, 1);
					const before = shown.length;
					one?.answer(answered(String(one.number)));
					await settled();
					// What was asked last is shown, and so is what became of each sending.
					const isTold = one !== undefined && (one.number === asked || sendings.has(one.number));
					if (!isTold && shown.length > before) expect(shown.at(-1)).not.toBe(one?.number);
					if (one?.number === asked) expect(shown.at(-1)).toBe(asked);
				}
			}
			expect(typed).toBe(asked);
		}),
		{ numRuns: 300 },
	);
});

test.each<[name: string, got: Asked<CorrectionAnswer>, isKeptBack: boolean, told: readonly string[]]>([
	['sent', answered('', true), false, ['sent']],
	['that cannot be corrected any more', answered(''), false, ['sent']],
	['with something wrong', answered('Too short.'), true, ['shown']],
	['that met a problem', { kind: 'problem', message: 'away' }, false, ['away']],
])('a correction %s', async (_, got, isKeptBack, expected) => {
	const told: string[] = [];
	const correcting = createCorrecting({
		values: () => ({}),
		check: async () => await Promise.resolve(answered('')),
		send: async () => await Promise.resolve(got),
		show: () => void told.push('shown'),
		say: (problem) => void told.push(problem),
		onSent: () => void told.push('sent'),
	});
	expect([await correcting.send(), told]).toEqual([isKeptBack, expected]);
});

test('each issue stands beside its field, and the rest is said of the whole lead', () => {
	const issues = [
		{ name: 'phone', message: 'Too short.' },
		{ name: '', message: 'No lead.' },
		{ name: 'phone', message: 'No digits.' },
		{ name: 'gone', message: 'Unknown.' },
	];
	const said = issuesBeside({ issues }, ['phone', 'email']);
	expect([said.of('phone'), said.of('email'), said.rest]).toEqual(['Too short. No digits.', '', 'No lead. Unknown.']);
});
