import { byCases, chosen } from '../fixtures/cases';
import { canary, expectNoKeyIn, traceOf } from '../fixtures/canary';
import { type EchoRow, echoRows, leadFor, useEcho } from '../fixtures/echo';
import { filesOf } from '../hosts/filesOf';
import { helper, startFlow, stopFlow, until, useOwnUserFolder, useServer } from '../node-red/flow';

const echo = useEcho();
useServer();
const folder = useOwnUserFolder();

const shelves = ['waiting', 'sending', 'unconfirmed', 'ended'] as const;

interface Listed {
	readonly leads?: readonly { readonly id: string }[];
}
const ask = async (path: string): Promise<{ readonly text: string; readonly body: Listed }> =>
	(await helper.request().get(`/icloud-ready/outbox${path}`)) as never;
const settled = async (): Promise<boolean> => {
	// Waiting is an end here too: what holds a lead back is told with the list of accounts.
	const [waiting, unconfirmed, ended] = await Promise.all(
		(['waiting', 'unconfirmed', 'ended'] as const).map(
			async (shelf) => (await ask(`/account/leads?shelf=${shelf}`)).body.leads?.length ?? 0,
		),
	);
	return (unconfirmed ?? 0) + (ended ?? 0) > 0 || (waiting === 1 && (await ask('')).text.includes('"held"'));
};

/** One for each kind of answer: what is made of an answer's text is the same code with the outbox as without it. */
const rows = echoRows.filter(({ name, instead }) => instead !== 'hold' && !/after \d+ letters/.test(name));

test.each<EchoRow>(chosen(rows, byCases({ few: 10, more: 25, all: Infinity })))(
	'$name: no list, file, status, message or log event of an outbox holds the key',
	async (row) => {
		const before = echo().keysSeen();
		const flow = await startFlow(echo().baseUrl, {
			key: canary,
			account: { timeoutSeconds: 60, maxTries: 1, outbox: 'disk', name: 'Sales' },
			node: { input: 'lead', duplicates: 'always', duplicateKey: 'phoneAndCampaign' },
		});
		flow.send({ payload: leadFor(row), topic: 'a form' });
		await until(settled);
		expect(echo().keysSeen()).toBeGreaterThan(before);
		expectNoKeyIn('accounts', (await ask('')).text);
		for (const shelf of shelves) {
			expectNoKeyIn(`${shelf}, list`, (await ask(`/account/leads?shelf=${shelf}`)).text);
			expectNoKeyIn(`${shelf}, file`, (await ask(`/account/leads.csv?shelf=${shelf}`)).text);
		}
		expectNoKeyIn('status', flow.statuses());
		expectNoKeyIn('messages', await flow.endings(0));
		expectNoKeyIn('log', helper.log().args.flat());
		await stopFlow();
		const files = filesOf(folder());
		// What was looked through holds the lead, so it would hold the key as well.
		expect(files.map(({ text }) => text).join('')).toContain('+201001234567');
		for (const { file, text } of files) expect([file, traceOf(text)]).toEqual([file, '']);
	},
);
