import { n8nHost, type Sender } from '../../nodes/IcloudReady/send/host';
import { readAnswer } from '../../nodes/IcloudReady/send/readStream';
import { buildRequest, interpretResponse, type Lead, mostAnswerBytes, type Reply } from '../../packages/core/src';
import { createTransport } from '../../packages/http/src/transport';
import { hostileAnswers, limitSecondsOf, mega, openHostileServer, useHostileServers } from '../fixtures/hostileAnswers';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { connect, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';

const serve = useHostileServers();

const lead = { leadInformation: { firstName: 'Mona', phone: '+201001234567' } } as Lead;
const requestTo = (baseUrl: string): ReturnType<typeof buildRequest> =>
	buildRequest(lead, { baseUrl, organizationId: 'o', apiKey: 'some-key' });

/** How much the process grows while an answer is read; the server's own part is the same in each row. */
const measured = async (
	work: () => Promise<Reply>,
): Promise<{ readonly reply: Reply; readonly grownBytes: number }> => {
	const beforeBytes = process.memoryUsage().rss;
	const reply = await work();
	return { reply, grownBytes: process.memoryUsage().rss - beforeBytes };
};

const expectBounded = (reply: Reply, grownBytes: number, outcome: string): void => {
	expect(interpretResponse(reply).outcome).toBe(outcome);
	expect(grownBytes).toBeLessThan(200 * mega);
	if ('body' in reply) expect(String(reply.body).length).toBeLessThanOrEqual(mega);
};

/** n8n's client as far as it matters: a stream of what came, with the signal that ends it. The real one is asked in test/hosts. */
const asN8n = async function (
	this: IExecuteFunctions,
	_type: string,
	{ url, method, headers, body, encoding }: IHttpRequestOptions,
): Promise<object> {
	expect(encoding).toBe('stream');
	const signal = this.getExecutionCancelSignal() as AbortSignal;
	const answer = await fetch(url, {
		method: method ?? 'POST',
		headers: headers as Record<string, string>,
		body: String(body),
		signal,
	});
	return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: answer.body };
};

/** How each node sends a lead to an address and gives what came back. */
const nodes: Readonly<Record<string, (url: string, timeoutMs: number) => Promise<Reply>>> = {
	'Node-RED': async (url, timeoutMs) => {
		const transport = createTransport({ connections: 1, timeoutMs });
		try {
			return await transport.send(requestTo(url), { timeoutMs });
		} finally {
			await transport.close();
		}
	},
	n8n: async (url, timeoutMs) => {
		const n8n = {
			helpers: { httpRequestWithAuthentication: asN8n },
			getExecutionCancelSignal: () => undefined,
		} as unknown as Sender;
		return await n8nHost(n8n, {}).send(requestTo(url), { timeoutMs });
	},
};
const rows = Object.entries(nodes).flatMap(([node, sendTo]) =>
	hostileAnswers.map(([name, behave, outcome]) => {
		const timeoutMs = limitSecondsOf(name) * 1000;
		return { name: `${node}: ${name}`, behave, outcome, sending: async (url: string) => await sendTo(url, timeoutMs) };
	}),
);
type Row = (typeof rows)[number];

/** What drips is over when its time is, for which all of them wait together. */
const isDripping = ({ name }: Row): boolean => /drips/.test(name);

describe('an answer that drips', () => {
	const dripping = rows.filter(isDripping);
	const replies = new Map<Row, Reply>();
	let close: (() => void)[] = [];
	beforeAll(async () => {
		await Promise.all(
			dripping.map(async (row) => {
				const server = await openHostileServer(row.behave);
				close = [...close, server.close];
				replies.set(row, await row.sending(server.url));
			}),
		);
	});
	afterAll(() => {
		for (const each of close) each();
	});

	test.each(dripping)('$name', (row) => {
		expectBounded(replies.get(row) as Reply, 0, row.outcome);
	});
});

test.each(rows.filter((row) => !isDripping(row)))('$name', async ({ behave, outcome, sending }) => {
	const url = await serve(behave);
	const { reply, grownBytes } = await measured(async () => await sending(url));
	expectBounded(reply, grownBytes, outcome);
});

test('a stream is left as soon as it is too long, and its connection with it', async () => {
	const stream = new PassThrough();
	stream.end(Buffer.alloc(mostAnswerBytes + 65_536, 'x'));
	const { body } = await readAnswer(stream);
	expect([String(body).length, stream.destroyed]).toEqual([mostAnswerBytes, true]);
});

test('headers without an end are no answer', async () => {
	const { createServer: tcp } = await import('node:net');
	const server = tcp((socket) => {
		socket.on('error', () => undefined);
		socket.write('HTTP/1.1 201 Created\r\n');
		const more = (): void => {
			while (!socket.destroyed && socket.write(`x-${'y'.repeat(1000)}: z\r\n`));
		};
		socket.on('drain', more);
		more();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const transport = createTransport({ connections: 1, timeoutMs: 1500 });
	const reply = await transport.send(requestTo(`http://127.0.0.1:${port}`), { timeoutMs: 1500 });
	await transport.close();
	server.close();
	expect(interpretResponse(reply).outcome).toBe('unconfirmed');
	connect(port, '127.0.0.1')
		.on('error', () => undefined)
		.destroy();
});
