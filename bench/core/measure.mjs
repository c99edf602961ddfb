/**
 * A child of `part.mjs`: `node measure.mjs <bundled core> speed <milliseconds for each>` prints how often each operation is
 * done in a second of the processor. With `bytes` it prints how many each allocates; that needs `--expose-gc` and a young
 * generation so large that nothing is collected meanwhile, which would make everything slower.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { leadOf } from '../leads.mjs';

const [bundle, what, forMs] = process.argv.slice(2);
const { buildRequest, interpretResponse, readLead, recognizeForm } = createRequire(import.meta.url)(bundle);
const payloads = new URL('../../test/fixtures/payloads/', import.meta.url);
const answer = readFileSync(new URL('../api/answer.json', import.meta.url), 'utf8');
const connection = {
	baseUrl: 'https://api.example.com/api/v2',
	organizationId: '686f894eaf67193dd6e124ce',
	apiKey: 'bench-key',
};
const drafts = Array.from({ length: 20_000 }, (_, number) => leadOf(number));

/** A payload in which every run of eight digits or more ends otherwise each time, as phones and ids do. */
const varied = (file) => {
	const text = readFileSync(new URL(file, payloads), 'utf8');
	return Array.from(
		{ length: 500 },
		(_, number) =>
			JSON.parse(text.replace(/\d{8,}/g, (digits) => digits.slice(0, -3) + String(number).padStart(3, '0'))).payload,
	);
};

const over = (inputs, work) => (index) => work(inputs[index % inputs.length]);
const reply = (status, body, headers = {}) => ({
	status,
	headers: { 'content-type': 'application/json', ...headers },
	body,
});
const operations = {
	'draft -> request, sample lead': over(drafts, (draft) => {
		const read = readLead(draft);
		if (!('lead' in read)) throw new Error(`The sample is refused: ${read.issues[0].message}`);
		return buildRequest(read.lead, connection);
	}),
	'interpretResponse, created': over([reply(201, answer)], (each) => interpretResponse(each)),
	'interpretResponse, 400': over(
		[
			reply(
				400,
				'{"statusCode":400,"message":["leadInformation.phone must be a valid phone number"],"error":"Bad Request"}',
			),
		],
		(each) => interpretResponse(each),
	),
	'interpretResponse, 429': over([reply(429, '', { 'retry-after': '2' })], (each) => interpretResponse(each)),
	...Object.fromEntries(
		readdirSync(payloads)
			.filter((file) => file.endsWith('.json'))
			.map((file) => [
				`recognizeForm, ${file.replace('.json', '')}`,
				over(varied(file), (payload) => recognizeForm(payload)),
			]),
	),
};

const cpuMs = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
};

/** So many operations between two looks at the clock, in milliseconds of the processor. */
const batch = (work, from, count) => {
	const beganMs = cpuMs();
	for (let index = from; index < from + count; index++) work(index);
	return cpuMs() - beganMs;
};

const perSecond = (work) => {
	let done = 0;
	let tookMs = 0;
	while (tookMs < Number(forMs)) {
		tookMs += batch(work, done, 500);
		done += 500;
	}
	return (done * 1000) / tookMs;
};

const bytesEach = (work) => {
	const times = 500;
	for (let index = 0; index < times; index++) work(index);
	globalThis.gc();
	const before = process.memoryUsage().heapUsed;
	for (let index = 0; index < times; index++) work(index);
	return (process.memoryUsage().heapUsed - before) / times;
};

const measured = (work) => {
	if (what === 'bytes') return bytesEach(work);
	perSecond(work);
	return perSecond(work);
};
console.log(
	JSON.stringify(Object.fromEntries(Object.entries(operations).map(([name, work]) => [name, measured(work)]))),
);
