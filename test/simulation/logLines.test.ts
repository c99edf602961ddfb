import { outboxTexts } from '../../packages/node-red/src/runtime/outbox/outboxTexts';
import { logLines } from './worlds/logLines';

const damage = { atMs: 0, leads: 1, restored: 0, unnamed: 0, isOlder: false };

test.each<[line: keyof typeof logLines, what: string, text: string]>([
	['notLeaving', 'one lead', outboxTexts.notLeaving({ count: 1, reason: 'key' } as never)],
	['notLeaving', 'two leads', outboxTexts.notLeaving({ count: 2, reason: 'key' } as never)],
	['damaged', 'an outbox of another version', outboxTexts.moved('/data/moved', 0)],
	['damaged', 'a damaged lead', outboxTexts.damaged(damage)],
	['damaged', 'a journal that is gone', outboxTexts.renewed('/data')],
	['broken', 'a folder', outboxTexts.broken('/data', new Error('no space'))],
])('the judge hears "%s" of %s', (line, _what, text) => {
	expect(text).toMatch(logLines[line]);
});
