/** Flows that send leads one after the other: a pump gives as many messages as may be under way, and one more for each that comes back. */
import { sample } from '../leads.mjs';

const at = { z: 'tab', x: 1, y: 1 };
const key = 'bench-key';
const organizationId = '686f894eaf67193dd6e124ce';

/** What a pump keeps, made once when the flow starts: it is not the pump that is to be measured. */
const initialize = (headers) => `
const sample = ${JSON.stringify(sample)};
const headers = ${JSON.stringify(headers ?? null)};
context.set('lead', (number) => {
	const digits = String(10000000 + number % 90000000);
	const payload = { ...sample, leadInformation: { ...sample.leadInformation, phone: '+2010' + digits }, additionalPhones: ['+2011' + digits] };
	return headers === null ? { payload } : { payload, headers: { ...headers } };
});
`;

/** `GET /run?count=&window=&from=` begins, and is answered once all have come back, with how many were not created. */
const pumpCode = `
const lead = context.get('lead');
if (msg.req !== undefined) {
	const { count, window, from } = msg.payload;
	const first = Math.min(Number(count), Number(window));
	context.set('state', { asked: msg, next: Number(from) + first, left: Number(count) - first, back: 0, count: Number(count), wrong: 0 });
	return [Array.from({ length: first }, (_, index) => lead(Number(from) + index)), null];
}
const state = context.get('state');
state.back++;
if (msg.icloudReady === undefined ? msg.statusCode !== 201 : msg.icloudReady.outcome !== 'created') state.wrong++;
if (state.back === state.count) {
	state.asked.payload = { wrong: state.wrong };
	return [null, state.asked];
}
if (state.left === 0) return null;
state.left--;
node.send([lead(state.next++), null], false);
return null;
`;

const pump = (headers) => ({
	...at,
	id: 'pump',
	type: 'function',
	initialize: initialize(headers),
	func: pumpCode,
	outputs: 2,
	wires: [['node'], ['out']],
});

const outside = [
	{ ...at, id: 'in', type: 'http in', url: '/run', method: 'get', wires: [['pump']] },
	{ ...at, id: 'out', type: 'http response', wires: [] },
];
const tab = { id: 'tab', type: 'tab', label: 'bench' };

export const accountOf = (baseUrl, more = {}) => ({
	id: 'account',
	type: 'icloud-ready-account',
	baseUrl,
	organizationId,
	concurrency: 50,
	credentials: { apiKey: key },
	...more,
});
export const createLead = (more) => ({
	...at,
	id: 'node',
	type: 'icloud-ready-create-lead',
	account: 'account',
	input: 'lead',
	wires: Array.from({ length: 8 }, () => ['pump']),
	...more,
});

/** create-lead behind the pump; `account` is more of its account. */
export const leadFlow = (baseUrl, account) => [tab, ...outside, accountOf(baseUrl, account), createLead({}), pump()];

/** The pump with nothing behind it that sends: what the host takes by itself. */
export const hostFlow = () => [
	tab,
	...outside,
	{ ...at, id: 'node', type: 'function', func: 'msg.statusCode = 201; return msg;', outputs: 1, wires: [['pump']] },
	pump(),
];

const requestHeaders = { 'x-api-key': key, organizationId, 'content-type': 'application/json' };

/** Node-RED's own http request behind the same pump; `persist`: it keeps connections, which it does not unless told. */
export const requestFlow = (baseUrl, persist) => [
	tab,
	...outside,
	{
		...at,
		id: 'node',
		type: 'http request',
		method: 'POST',
		ret: 'obj',
		paytoqs: 'ignore',
		persist,
		url: `${baseUrl}/leads`,
		wires: [['pump']],
	},
	pump(requestHeaders),
];

const sendPayload = (baseUrl) => `
const agent = context.get('agent') ?? new (global.get('undici').Agent)({ connections: 50 });
context.set('agent', agent);
const { statusCode, body } = await global.get('undici').request(${JSON.stringify(`${baseUrl}/leads`)}, { method: 'POST', headers: ${JSON.stringify(requestHeaders)}, body: JSON.stringify(msg.payload), dispatcher: agent });
msg.statusCode = statusCode;
msg.payload = await body.json();
`;

/** A function node's code that sends its payload and reads the answer, with undici and nothing else. */
export const sendOnly = (baseUrl) => `${sendPayload(baseUrl)}return msg;`;

/** A function node that does no more than send and read the answer: the least that any node can take here. */
export const leastFlow = (baseUrl) => [
	tab,
	...outside,
	{ ...at, id: 'node', type: 'function', func: sendOnly(baseUrl), outputs: 1, wires: [['pump']] },
	pump(),
];

const openDisk = `
const database = global.get('newDatabase')();
await database.open();
let underWay = Promise.resolve();
let next;
// What comes while a write is under way is written together in the next.
context.set('write', (key, value) => {
	if (next === undefined) {
		const operations = [];
		const done = underWay.then(() => { next = undefined; return database.batch(operations, { sync: true }); });
		underWay = done;
		next = { operations, done };
	}
	next.operations.push({ type: 'put', key, value });
	return next.done;
});
`;
const keepAndSend = (baseUrl) => `
const write = context.get('write');
const sent = msg.payload;
await write(sent.leadInformation.phone, JSON.stringify({ sent }));
${sendPayload(baseUrl)}
await write(sent.leadInformation.phone, JSON.stringify({ sent, answer: msg.payload }));
return msg;
`;

/** The same, which keeps the lead on disk before it is sent, and what was answered before it goes on: the least that an outbox can take. */
export const leastDiskFlow = (baseUrl) => [
	tab,
	...outside,
	{
		...at,
		id: 'node',
		type: 'function',
		initialize: openDisk,
		func: keepAndSend(baseUrl),
		outputs: 1,
		wires: [['pump']],
	},
	pump(),
];

const listOf = `
const sample = ${JSON.stringify(sample)};
if (msg.req !== undefined) {
	const count = Number(msg.payload.count);
	context.set('state', { asked: msg, count, back: 0, wrong: 0 });
	const payload = Array.from({ length: count }, (_, index) => { const phone = String(10000000 + (Number(msg.payload.from) + index) % 90000000); return { ...sample, leadInformation: { ...sample.leadInformation, phone: '+2010' + phone }, additionalPhones: ['+2011' + phone] }; });
	node.send([{ payload }, null], false);
	return null;
}
const state = context.get('state');
state.back++;
if (msg.icloudReady.outcome !== 'created') state.wrong++;
if (state.back < state.count) return null;
state.asked.payload = { wrong: state.wrong };
return [null, state.asked];
`;

/** All leads as the list of one message. */
export const listFlow = (baseUrl) => [
	tab,
	...outside,
	accountOf(baseUrl),
	createLead({}),
	{ ...at, id: 'pump', type: 'function', func: listOf, outputs: 2, wires: [['node'], ['out']] },
];

/** http request behind the delay node that somebody sets who knows the limit. */
export const rateFlow = (baseUrl, perSecond) =>
	requestFlow(baseUrl, false)
		.map((each) => (each.id === 'pump' ? { ...each, wires: [['rate'], ['out']] } : each))
		.concat({
			...at,
			id: 'rate',
			type: 'delay',
			pauseType: 'rate',
			rate: String(perSecond),
			nbRateUnits: '1',
			rateUnits: 'second',
			drop: false,
			outputs: 1,
			wires: [['node']],
		});
