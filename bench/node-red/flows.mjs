/** Flows that send leads one after the other: a pump gives as many messages as may be under way, and one more for each that comes back. */
import { sample } from '../leads.mjs';

const at = { z: 'tab', x: 1, y: 1 };
export const key = 'bench-key';
export const organizationId = '686f894eaf67193dd6e124ce';

/** `GET /run?count=&window=&from=` begins, and is answered once all have come back, with how many were not created. */
const pump = (headers) => `
const sample = ${JSON.stringify(sample)};
const state = context.get('state');
const lead = () => {
	const phone = String(10000000 + state.next++ % 90000000);
	return { payload: { ...sample, leadInformation: { ...sample.leadInformation, phone: '+2010' + phone }, additionalPhones: ['+2011' + phone] }${headers ? `, headers: ${JSON.stringify(headers)}` : ''} };
};
if (msg.req !== undefined) {
	const count = Number(msg.payload.count);
	const begun = { asked: msg, next: Number(msg.payload.from), left: count, back: 0, count, wrong: 0 };
	context.set('state', begun);
	return [Array.from({ length: Math.min(count, Number(msg.payload.window)) }, () => { begun.left--; const phone = String(10000000 + begun.next++ % 90000000); return { payload: { ...sample, leadInformation: { ...sample.leadInformation, phone: '+2010' + phone }, additionalPhones: ['+2011' + phone] }${headers ? `, headers: ${JSON.stringify(headers)}` : ''} }; }), null];
}
state.back++;
if (msg.icloudReady === undefined ? msg.statusCode !== 201 : msg.icloudReady.outcome !== 'created') state.wrong++;
if (state.back === state.count) { state.asked.payload = { wrong: state.wrong }; return [null, state.asked]; }
if (state.left === 0) return null;
state.left--;
node.send([lead(), null], false);
return null;
`;

const outside = [
	{ ...at, id: 'in', type: 'http in', url: '/run', method: 'get', wires: [['pump']] },
	{ ...at, id: 'out', type: 'http response', wires: [] },
];
const tab = { id: 'tab', type: 'tab', label: 'bench' };

export const accountOf = (baseUrl, more = {}) => ({ id: 'account', type: 'icloud-ready-account', baseUrl, organizationId, concurrency: 50, credentials: { apiKey: key }, ...more });
export const createLead = (more) => ({ ...at, id: 'node', type: 'icloud-ready-create-lead', account: 'account', input: 'lead', wires: Array.from({ length: 8 }, () => ['pump']), ...more });

/** create-lead behind the pump; `account` is more of its account. */
export const leadFlow = (baseUrl, account) => [tab, ...outside, accountOf(baseUrl, account), createLead({}), { ...at, id: 'pump', type: 'function', func: pump(), outputs: 2, wires: [['node'], ['out']] }];

const requestHeaders = { 'x-api-key': key, organizationId, 'content-type': 'application/json' };

/** Node-RED's own http request behind the same pump; `persist`: it keeps connections, which it does not unless told. */
export const requestFlow = (baseUrl, persist) => [
	tab, ...outside,
	{ ...at, id: 'node', type: 'http request', method: 'POST', ret: 'obj', paytoqs: 'ignore', persist, url: `${baseUrl}/leads`, wires: [['pump']] },
	{ ...at, id: 'pump', type: 'function', func: pump(requestHeaders), outputs: 2, wires: [['node'], ['out']] },
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
export const listFlow = (baseUrl) => [tab, ...outside, accountOf(baseUrl), createLead({}), { ...at, id: 'pump', type: 'function', func: listOf, outputs: 2, wires: [['node'], ['out']] }];

/** http request behind the delay node that somebody sets who knows the limit. */
export const rateFlow = (baseUrl, perSecond) =>
	requestFlow(baseUrl, false)
		.map((each) => (each.id === 'pump' ? { ...each, wires: [['rate'], ['out']] } : each))
		.concat({ ...at, id: 'rate', type: 'delay', pauseType: 'rate', rate: String(perSecond), nbRateUnits: '1', rateUnits: 'second', drop: false, outputs: 1, wires: [['node']] });
