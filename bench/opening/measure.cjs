/** Fills a folder, or opens what lies in it and prints how long that took and the most memory: `fill` or `open`, what, where. */
const { readFileSync } = require('node:fs');

const [, , bundle, task, what, folder, count] = process.argv;
const { entryId, openDiskDedupeStore, openDiskStore, openOutbox, queuedLeadFormat } = require(bundle);

const partitions = 5;
/** As many as a journal that was written anew has in a line. */
const atOnce = 500;
const beganAtMs = Date.UTC(2026, 0, 1);

const lead = (index) => ({
	leadInformation: { firstName: 'Mona', lastName: 'Hassan', phone: `+2010${10_000_000 + index}` },
	leadSource: { name: 'Facebook Ads' },
	campaignInformation: { campaignName: 'New Cairo Q3' },
});
const put = (index) => {
	const partition = `org-${index % partitions}`;
	const phone = lead(index).leadInformation.phone;
	return {
		kind: 'put',
		shelf: 'waiting',
		entry: {
			id: entryId(index + 1, partition),
			partition,
			arrivedAtMs: beganAtMs + index,
			outcome: null,
			payload: {
				lead: lead(index),
				warnings: [],
				key: { by: 'phone', value: phone, text: phone },
				policy: {},
				origin: { nodeId: 'node', message: { topic: 'lead' } },
			},
		},
	};
};

const numbers = (from, to) => Array.from({ length: to - from }, (_, index) => from + index);
const fills = {
	leads: async (write) => {
		const { store } = await openDiskStore(folder, beganAtMs, queuedLeadFormat);
		await write(async (part) => await store.write(part.map(put)));
		await store.close();
	},
	marks: async (write) => {
		const store = await openDiskDedupeStore(folder);
		await write(
			async (part) => await Promise.all(part.map(async (index) => await store.put(`org-1 phone ${index}`, 'created'))),
		);
		await store.close();
	},
};
const fill = async () =>
	await fills[what](async (writePart) => {
		for (let from = 0; from < Number(count); from += atOnce)
			await writePart(numbers(from, Math.min(Number(count), from + atOnce)));
	});

const never = async () => await new Promise(() => {});
const opens = {
	leads: async () => {
		const { store } = await openDiskStore(folder, beganAtMs, queuedLeadFormat);
		const outbox = await openOutbox({
			store,
			send: never,
			notify: () => true,
			concurrency: 1,
			maxWaiting: 1_000_000,
			keepDays: 30,
			now: () => beganAtMs,
			monotonicMs: () => performance.now(),
			sleep: never,
		});
		return outbox.counts().waiting;
	},
	marks: async () => {
		const store = await openDiskDedupeStore(folder);
		const known = await Promise.all(
			numbers(0, 1000).map(async (index) => await store.get(`org-1 phone ${index * Math.floor(Number(count) / 1000)}`)),
		);
		return known.filter((state) => state === 'created').length * (Number(count) / 1000);
	},
};
/** Without what the system maps of the database's files and takes back when it needs it. */
const ownMegabytes = () =>
	Number(/RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN) / 1024;
const open = async () => {
	const fromMs = performance.now();
	const found = await opens[what]();
	const tookMs = performance.now() - fromMs;
	const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
	console.log(
		JSON.stringify({
			found,
			tookMs,
			processorMs: (userCPUTime + systemCPUTime) / 1000,
			peakMegabytes: maxRSS / 1024,
			ownMegabytes: ownMegabytes(),
		}),
	);
	process.exit(0);
};

void (task === 'fill' ? fill() : open());
