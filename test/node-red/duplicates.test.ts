import { type Ending, startFlow, stopFlow, useOwnUserFolder, useSandbox } from './flow';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sandbox = useSandbox();
const folder = useOwnUserFolder();

const mona = { name: 'Mona Hassan', phone: '010 0123 4567' };
const outcomes = (endings: readonly Ending[]): readonly unknown[] => endings.map(({ msg }) => msg.icloudReady.outcome);

/** Sends payloads one after the other through one deploy. */
const deployAndSend = async (
	node: Record<string, unknown>,
	payloads: readonly unknown[],
): Promise<readonly Ending[]> => {
	const flow = await startFlow(sandbox().baseUrl, { node });
	let endings: readonly Ending[] = [];
	for (const [index, payload] of payloads.entries()) {
		flow.send({ payload });
		endings = await flow.endings(index + 1);
	}
	return [...endings];
};

test.each<[name: string, duplicates: string, first: readonly string[], afterDeploy: readonly string[], leads: number]>([
	['allow', 'allow', ['created', 'created'], ['created'], 3],
	['run: until the next deploy', 'run', ['created', 'duplicate'], ['created'], 2],
	['always: after a deploy too', 'always', ['created', 'duplicate'], ['duplicate'], 1],
])('%s', async (_name, duplicates, first, afterDeploy, leads) => {
	expect(outcomes(await deployAndSend({ duplicates }, [mona, { name: 'M. Hassan', phone: '00201001234567' }]))).toEqual(
		first,
	);
	await stopFlow();
	expect(outcomes(await deployAndSend({ duplicates }, [mona]))).toEqual(afterDeploy);
	expect(sandbox().leadCount).toBe(leads);
});

test('a duplicate leaves on its own output, with words and without an alarm', async () => {
	const [, second] = await deployAndSend({ duplicates: 'run' }, [mona, mona]);
	expect(second?.output).toBe(1);
	expect(second?.msg.icloudReady).toMatchObject({
		message: 'A lead with the phone number +201001234567 was created earlier.',
		hint: 'Nothing was sent.',
		lead: { leadInformation: { firstName: 'Mona' } },
	});
});

test.each<
	[name: string, duplicateKey: string, payloads: readonly Record<string, unknown>[], expected: readonly string[]]
>([
	[
		'email',
		'email',
		[
			{ ...mona, email: 'M@example.com' },
			{ name: 'M', phone: '01001234568', email: 'm@example.com' },
		],
		['created', 'duplicate'],
	],
	[
		'phone and campaign',
		'phoneAndCampaign',
		[
			{ ...mona, campaign: 'A' },
			{ ...mona, campaign: 'B' },
			{ ...mona, campaign: 'a' },
		],
		['created', 'created', 'duplicate'],
	],
	[
		'submission',
		'submission',
		[
			{
				id: '1',
				field_data: [
					{ name: 'full_name', values: ['Mona'] },
					{ name: 'phone_number', values: ['01001234567'] },
				],
			},
			{
				id: '2',
				field_data: [
					{ name: 'full_name', values: ['Mona'] },
					{ name: 'phone_number', values: ['01001234567'] },
				],
			},
			{
				id: '1',
				field_data: [
					{ name: 'full_name', values: ['Mona'] },
					{ name: 'phone_number', values: ['01001234567'] },
				],
			},
		],
		['created', 'created', 'duplicate'],
	],
	['submission without an id: the phone', 'submission', [mona, mona], ['created', 'duplicate']],
])('the same by %s', async (_name, duplicateKey, payloads, expected) => {
	expect(outcomes(await deployAndSend({ duplicates: 'run', duplicateKey }, payloads))).toEqual(expected);
});

test('the same person in another organization is another lead', async () => {
	const flow = await startFlow(sandbox().baseUrl, { node: { duplicates: 'always' } });
	flow.send({ payload: mona, organizationId: 'a' });
	flow.send({ payload: mona, organizationId: 'b' });
	expect(outcomes(await flow.endings(2))).toEqual(['created', 'created']);
});

test('twenty at the same time make one lead', async () => {
	const flow = await startFlow(sandbox().baseUrl, { node: { duplicates: 'always' } });
	for (let time = 0; time < 20; time++) flow.send({ payload: mona });
	const ended = outcomes(await flow.endings(20));
	expect([sandbox().leadCount, ended.filter((outcome) => outcome === 'duplicate').length]).toEqual([1, 19]);
});

test('a lead whose answer was lost is not sent again: unconfirmed, after a restart too', async () => {
	sandbox().failNext({ cut: 'after' });
	expect(outcomes(await deployAndSend({ duplicates: 'always' }, [mona, mona]))).toEqual(['unconfirmed', 'unconfirmed']);
	await stopFlow();
	const [again] = await deployAndSend({ duplicates: 'always' }, [mona]);
	expect(again?.output).toBe(6);
	expect(again?.msg.icloudReady.message).toBe('Not sent again: the same lead was sent earlier and got no answer.');
	expect(sandbox().calls).toHaveLength(1);
});

test('a lead that was refused may be sent again', async () => {
	sandbox().failNext({ status: 400 });
	expect(outcomes(await deployAndSend({ duplicates: 'always' }, [mona, mona]))).toEqual(['invalid', 'created']);
});

test('a record that cannot be opened stops no lead: a red status and a warning say so', async () => {
	writeFileSync(join(folder(), 'icloud-ready'), 'not a folder');
	const flow = await startFlow(sandbox().baseUrl, { node: { duplicates: 'always' } });
	flow.send({ payload: mona });
	flow.send({ payload: mona });
	expect(outcomes(await flow.endings(2))).toContain('created');
	expect(flow.statuses()).toContainEqual(expect.objectContaining({ fill: 'red', text: 'status.noRecord' }));
	expect(flow.logged().join('\n')).toContain('The record of created leads cannot be used');
});

test('after a refused key the leads that wait are not sent', async () => {
	sandbox().failNext(Array.from({ length: 50 }, () => ({ status: 401 })));
	const flow = await startFlow(sandbox().baseUrl, { account: { concurrency: 2 } });
	for (let index = 0; index < 50; index++)
		flow.send({ payload: { name: 'Mona', phone: `0100123${String(index).padStart(4, '0')}` } });
	const ended = await flow.endings(50);
	expect(new Set(ended.map(({ output }) => output))).toEqual(new Set([3]));
	expect(sandbox().calls.length).toBeLessThanOrEqual(5);
	expect(
		ended.filter(({ msg }) => msg.icloudReady.message === 'Not sent: the key was refused for an earlier lead.').length,
	).toBe(50 - sandbox().calls.length);
});

test('a limit is learned, and the status says how long it holds', async () => {
	sandbox().failNext({ status: 429, headers: { 'retry-after': '1' } });
	const flow = await startFlow(sandbox().baseUrl);
	flow.send({ payload: mona });
	expect(outcomes(await flow.endings(1))).toEqual(['created']);
	expect(flow.statuses()).toContainEqual({ fill: 'yellow', shape: 'ring', text: 'status.waiting' });
});
