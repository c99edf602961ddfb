import { sampleOf } from '../../fixtures/cases';
import { expectOfPeer, limitedLeads, limitPerSecond, openLimited } from '../limitedServer';
import { requestWorkflow } from './workflow';
import { useWorld } from './world';

const world = useWorld();

const retrying = { retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 };
/** What somebody sets who knows the limit. */
const batches = { batching: { batch: { batchSize: limitPerSecond, batchInterval: 1000 } } };

const rows = [
	['Retry On Fail', undefined, retrying, { isLossy: true, isDoubling: true }],
	['Retry On Fail, in batches of 20 a second', batches, retrying, { isLossy: false, isDoubling: false }],
] as const;
test.each(sampleOf(rows, 1, 3))(
	"300 leads against 20 a second through n8n's HTTP Request: %s",
	async (name, options, node, expected) => {
		const limited = await openLimited(limitPerSecond, '1');
		const items = Array.from({ length: limitedLeads }, (_, index) => ({
			phone: `+20100000${String(index).padStart(4, '0')}`,
		}));
		await world().stand.run(
			requestWorkflow({ baseUrl: limited.baseUrl, items, ...(options === undefined ? {} : { options }), node }),
		);
		expectOfPeer(`HTTP Request, ${name}`, limited.counts(), expected);
		await limited.close();
	},
);
