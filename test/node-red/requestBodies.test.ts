import { actionOf, tokenOf } from '../../packages/gateway/src/inbox/request';
import { readTestRequest, tested } from '../../packages/node-red/src/runtime/account/testRequest';
import { readPreviewRequest } from '../../packages/node-red/src/runtime/preview/previewRequest';
import { actions } from '../../packages/outbox/src/view/actions';
import { correctionOf } from '../../packages/outbox/src/view/correction';
import { bulkActionOf } from '../../packages/outbox/src/view/bulkActionBody';
import { helper, startFlow, stopFlow } from './flow';
import fc from '../fixtures/fastCheck';

const nowhere = 'http://127.0.0.1:9/api/v2';

/** Any JSON, more often with names that somebody looks for. */
const bodyOf = (names: readonly string[]): fc.Arbitrary<unknown> =>
	fc.oneof(
		fc.jsonValue(),
		fc.dictionary(
			fc.constantFrom(...names, '__proto__', 'constructor'),
			fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom(...actions)),
		),
	);

describe.each<[name: string, names: readonly string[], read: (body: unknown) => unknown]>([
	['the action of the gateway’s page', ['action', 'id'], actionOf],
	['an action on many leads, in both hosts', ['action', 'ids', 'bulkId'], bulkActionOf],
	['a correction, in both hosts', ['id', 'values'], correctionOf],
	['the sign-in of the gateway’s page', ['token'], tokenOf],
	['the test of an account', [...tested, 'id', 'language'], readTestRequest],
	['the preview', ['id', 'text', 'settings', 'language'], readPreviewRequest],
])('%s', (_name, names, read) => {
	test('any body is read or not, and nothing is thrown', () => {
		fc.assert(
			fc.property(bodyOf(names), (body) => {
				const found = read(body);
				if (typeof found === 'object') for (const name of Object.keys(found ?? {})) expect(names).toContain(name);
			}),
			{ numRuns: 1000 },
		);
	});

	test.each([[undefined], [null], [[]], ['text'], [0]])('%p is none', (body) => {
		expect(read(body) ?? '').toBe('');
	});
});

test.each<[body: unknown, read: unknown]>([
	[
		{ id: 'x', action: 'retry' },
		{ id: 'x', action: 'retry' },
	],
	[
		{ id: 'x', action: 'retry', more: 1 },
		{ id: 'x', action: 'retry' },
	],
	[{ id: '', action: 'retry' }, undefined],
	[{ id: 'x'.repeat(1001), action: 'retry' }, undefined],
	[{ id: 'x', action: 'close' }, undefined],
	[{ id: 'x', action: ['retry'] }, undefined],
])('the action %j', (body, read) => {
	expect(actionOf(body)).toEqual(read);
});

describe('over HTTP', () => {
	beforeAll(async () => {
		await new Promise<void>((resolve) => helper.startServer(() => resolve()));
		await startFlow(nowhere);
	});
	afterAll(async () => {
		await stopFlow();
		await new Promise<void>((resolve) => helper.stopServer(() => resolve()));
	});

	test.each(['preview', 'own-fields'])('%s: any body is answered, or refused in words', async (path) => {
		const container = fc.oneof(
			fc.array(fc.jsonValue()),
			fc.dictionary(fc.constantFrom('id', 'text', 'settings', 'language'), fc.jsonValue()),
			fc.record({
				id: fc.string(),
				text: fc.json(),
				settings: fc.dictionary(
					fc.constantFrom('input', 'fields', 'defaultCountry', 'phone', 'dryRun'),
					fc.jsonValue(),
				),
				language: fc.string(),
			}),
		);
		await fc.assert(
			fc.asyncProperty(container, async (body) => {
				const { status, body: answer } = await helper.request().post(`/icloud-ready/create-lead/${path}`).send(body);
				if (status === 400) expect(answer).toEqual({ message: expect.stringMatching(/\S.*\.$/) });
				else expect([status, Array.isArray(answer.leads ?? answer.fields)]).toEqual([200, true]);
			}),
			{ numRuns: 60 },
		);
	});
});
