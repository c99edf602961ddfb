import { answerText } from '../../nodes/IcloudReady/send/answerText';
import type { Reply } from '../../packages/core/src';

const apiKey = 'secret-key-0123456789';
const replied = (body: unknown): Reply => ({ status: 400, headers: {}, body });

test.each<[name: string, reply: Reply | undefined, text: string | undefined]>([
	['nothing was sent', undefined, undefined],
	['no answer came', { fault: { code: 'ECONNRESET' } }, undefined],
	['an empty answer', replied(''), undefined],
	['JSON as data', replied({ message: 'email is taken' }), '{"message":"email is taken"}'],
	['JSON as text', replied('{ "message": "email is taken" }'), '{"message":"email is taken"}'],
	['a page', replied('<html>\n\t<h1>Bad  Gateway</h1>\n</html>'), 'Bad Gateway'],
	['the key in it', replied({ error: `invalid token ${apiKey}` }), '{"error":"invalid token (hidden)"}'],
	[
		'the key in it, spelled in another way',
		replied(`{"error":"\\u0073ecret-key-0123456789 ${Buffer.from(`x-api-key: ${apiKey}`).toString('base64')}"}`),
		expect.not.stringMatching(/0123456789|a2V5LTAx/) as unknown as string,
	],
	['more than anybody reads', replied('a'.repeat(10_000_000)), `${'a'.repeat(1000)}…`],
	[
		'the key where it is cut off',
		replied(`${'a'.repeat(990)}${apiKey}${'b'.repeat(100)}`),
		`${'a'.repeat(990)}(hidden)${'b'.repeat(2)}…`,
	],
])('%s', (_name, reply, text) => expect(answerText(reply, apiKey)).toEqual(text));
