/**
 * The API's stand-in, a process of its own that `start.mjs` forks and tells over IPC what to do: how long an answer takes,
 * how many leads a second it takes, and to say what it saw.
 */
import { readFileSync } from 'node:fs';
import { serve } from './http.mjs';

const answer = JSON.parse(readFileSync(new URL('./answer.json', import.meta.url), 'utf8'));
const ids = 0x68a1e37a0aac;
const firstNumber = 1_000_000;
const marked = JSON.stringify({ ...answer, _id: '#id#', leadNumber: '#number#' });
const [beforeId, between, afterNumber] = marked.split(/#id#|"#number#"/);
const bodyLength = Buffer.byteLength(beforeId + between + afterNumber) + 24 + 7;
const head = `HTTP/1.1 201 Created\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${bodyLength}\r\nconnection: keep-alive\r\n\r\n`;
const refusal = (retryAfter) =>
	`HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n${retryAfter ? 'retry-after: 1\r\n' : ''}\r\n`;

let latencyMs = 0;
let limit;
let seen;
const forget = () => {
	seen = { created: 0, refused: 0, phones: new Set(), firstMs: 0, lastMs: 0 };
};
forget();

/** A bucket that fills evenly and holds the leads of one second. */
const lets = (nowMs) => {
	limit.tokens = Math.min(limit.perSecond, limit.tokens + ((nowMs - limit.lastMs) * limit.perSecond) / 1000);
	limit.lastMs = nowMs;
	if (limit.tokens < 1) return false;
	limit.tokens--;
	return true;
};

const created = (body) => {
	if (limit !== undefined) seen.phones.add(/"phone":"([^"]*)"/.exec(body.latin1Slice())?.[1]);
	seen.created++;
	return `${head}${beforeId}${(ids * 4096 + seen.created).toString(16).padStart(24, '0')}${between}${firstNumber + (seen.created % 8_000_000)}${afterNumber}`;
};

const take = (body) => {
	if (limit === undefined) return created(body);
	const nowMs = performance.now();
	seen.firstMs ||= nowMs;
	if (!lets(nowMs)) {
		seen.refused++;
		return refusal(limit.retryAfter);
	}
	seen.lastMs = nowMs;
	return created(body);
};

const port = await serve((body) =>
	latencyMs === 0 ? take(body) : new Promise((resolve) => setTimeout(() => resolve(take(body)), latencyMs)),
);

process.on('message', ({ id, set }) => {
	const { created: all, refused, phones, firstMs, lastMs } = seen;
	process.send({ id, counts: { created: all, refused, people: phones.size, tookMs: lastMs - firstMs } });
	if (set === undefined) return;
	forget();
	latencyMs = set.latencyMs ?? 0;
	limit =
		set.limit === undefined ? undefined : { ...set.limit, tokens: set.limit.perSecond, lastMs: performance.now() };
});
process.on('disconnect', () => process.exit());
process.send({ port });
