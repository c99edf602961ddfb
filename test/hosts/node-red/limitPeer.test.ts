import { sampleOf } from '../../fixtures/cases';
import { hostFolder, node24 } from '../hosts';
import { expectOfPeer, limitedLeads, limitPerSecond, openLimited } from '../limitedServer';
import { type NodeRed, startNodeRed } from './host';

let nodeRed: NodeRed;
beforeAll(async () => {
	nodeRed = await startNodeRed({ node: node24(), folder: hostFolder('node-red-5') });
});
afterAll(async () => {
	await nodeRed.stop();
});

const at = { z: 'tab', x: 1, y: 1 };
/** What somebody puts before it who knows the limit. */
const rate = {
	...at,
	id: 'rate',
	type: 'delay',
	pauseType: 'rate',
	rate: String(limitPerSecond),
	nbRateUnits: '1',
	rateUnits: 'second',
	drop: false,
	outputs: 1,
	wires: [['request']],
};

const rows = [
	['alone', 'request', { isLossy: true, isDoubling: false }],
	['behind a delay node of 20 a second', 'rate', { isLossy: false, isDoubling: false }],
] as const;
test.each(sampleOf(rows, 1, 3))(
	"300 leads against 20 a second through Node-RED's http request: %s",
	async (name, first, expected) => {
		const limited = await openLimited(limitPerSecond, '1');
		await nodeRed.deploy([
			{ id: 'tab', type: 'tab', label: 'test' },
			{ ...at, id: 'in', type: 'http in', url: '/lead', method: 'post', wires: [[first]] },
			rate,
			{
				...at,
				id: 'request',
				type: 'http request',
				method: 'POST',
				ret: 'obj',
				paytoqs: 'ignore',
				url: `${limited.baseUrl}/leads`,
				wires: [['answer']],
			},
			{ ...at, id: 'answer', type: 'http response', wires: [] },
		]);
		await Promise.all(
			Array.from({ length: limitedLeads }, async (_, index) => {
				const lead = { leadInformation: { firstName: 'Mona', phone: `+20100000${String(index).padStart(4, '0')}` } };
				await fetch(`${nodeRed.url}/lead`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(lead),
				});
			}),
		);
		expectOfPeer(`http request, ${name}`, limited.counts(), expected);
		await limited.close();
	},
);
